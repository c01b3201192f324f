import type { Finding } from '@lamplighter/contracts';

/** The account and region that Lamplighter is deployed in: what it reads and changes by name is there. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
}

/** Whether an ARN names something of the same account and region as a resource: `arn:<partition>:<service>:<region>:<account>:…`. */
export function isBeside(arn: string, { accountId, region }: Finding['resource']): boolean {
  const [, , , ofRegion, ofAccount] = arn.split(':');
  return ofRegion === region && ofAccount === accountId;
}

/** Where a resource is, in words, if that is not at home: what has its name here is another one. */
export const elsewhere = ({ accountId, region }: Finding['resource'], home: Home): string | undefined =>
  accountId === home.accountId && region === home.region ? undefined : `account ${accountId} in ${region}`;
