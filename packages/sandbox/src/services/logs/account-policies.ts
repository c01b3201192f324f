import { ApiError } from '../../core/service.ts';
import type { Subscription } from './delivery/subscription.ts';
import type { LogGroup } from './log-group.ts';

/** The account's subscription policy: one per account and Region, beside the filters of each group. */
export interface AccountPolicy {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly selectionCriteria?: string;
  readonly lastUpdatedTime: number;
  readonly subscription: Subscription;
  readonly excludedGroups: ReadonlySet<string>;
}

/** Subscription policies select by this alone: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html */
const SELECTION = /^\s*LogGroupName\s+NOT\s+IN\s+(\[[\s\S]*\])\s*$/;

/** Reads `LogGroupName NOT IN ["a", "b"]`. Throws `InvalidParameterException` for anything else. */
export function parseSelectionCriteria(criteria: string | undefined): ReadonlySet<string> {
  if (!criteria) return new Set();
  try {
    const names: unknown = JSON.parse(SELECTION.exec(criteria)?.[1] ?? '');
    if (Array.isArray(names)) return new Set(names.map(String));
  } catch {
    // Said below, in the same words as for any other unreadable selection.
  }
  throw new ApiError('InvalidParameterException', 'selectionCriteria must be of the form LogGroupName NOT IN ["…"].');
}

/** Whether the account policy forwards this group's events. The group of the destination function itself is always left out. */
export function policySelects(policy: AccountPolicy, group: LogGroup): boolean {
  return !policy.excludedGroups.has(group.name) && group.name !== ownLogGroup(policy.subscription.destination.arn);
}

/** Log group of the function that an ARN names, or undefined where it names no function. */
export function ownLogGroup(destinationArn: string): string | undefined {
  const [, , service, , , , name] = destinationArn.split(':');
  return service === 'lambda' ? `/aws/lambda/${name}` : undefined;
}
