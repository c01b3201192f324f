import { createHash } from 'node:crypto';

/**
 * The name CloudFormation gives a resource that names none: `<stack>-<logical id>-<12 letters and digits>`. The suffix is a hash, so that
 * a stack gets the same names on every run. `maxLength` cuts stack and logical id, as AWS does for short-named types.
 */
export function physicalName(request: { stackName: string; logicalId: string }, maxLength = 255): string {
  const suffix = createHash('sha256')
    .update(`${request.stackName}/${request.logicalId}`)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 12);
  return `${`${request.stackName}-${request.logicalId}`.slice(0, maxLength - 13)}-${suffix}`;
}
