import { STSClient } from '@aws-sdk/client-sts';
import type { Change } from '@lamplighter/remedies';
import { narrowedResources } from '../src/adapters/narrowed-resources.ts';
import type { ResourcePort } from '../src/ports.ts';
import type { RemediationHouse } from './deployed-remediation.ts';

/** The hands as apply-change takes them, in a session for one change. */
export function handsOf(
  { sandbox, stack }: RemediationHouse,
  permissions: readonly string[],
  change: Change,
): Promise<ResourcePort> {
  const { accountId, region, endpoint, iam } = sandbox;
  const role = stack.resources.ApplyChangeRole!.physicalId;
  const credentials = iam.issueCredentials(iam.roles.byName(role).arn, 'apply-change');
  const roleArn = `arn:aws:iam::${accountId}:role/lamplighter-dev-${region}-hands`;
  const sts = sandbox.client(STSClient, { credentials });
  return narrowedResources(sts, { roleArn, region, endpoint })(permissions, change, `${change.kind}-1`);
}
