import type { Finding, Remediation } from '@lamplighter/contracts';

/** Which function is meant: its name alone may be another's in another account or region. */
export interface FunctionScope {
  readonly name: string;
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

/** Whether a resource is the one that is meant; where an account or a region is not told, any of that name. */
export const isSame = (resource: Required<FunctionScope>, { name, accountId, region }: FunctionScope): boolean =>
  resource.name === name &&
  (accountId ?? resource.accountId) === resource.accountId &&
  (region ?? resource.region) === resource.region;

/** Whether a repair is of that function: made on it, or for one of its findings on what it waits for (the index of a table, a queue). */
export const isOf =
  (scope: FunctionScope, findings: readonly Pick<Finding, 'findingId'>[]) =>
  ({ resource, findingId }: Pick<Remediation, 'resource' | 'findingId'>): boolean =>
    isSame(resource, scope) || findings.some((finding) => finding.findingId === findingId);
