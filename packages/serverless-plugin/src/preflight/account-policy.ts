/** A subscription policy of the account, as DescribeAccountPolicies tells it. */
export interface AccountPolicy {
  readonly name: string;
  readonly destinationArn: string;
  /** Empty: every line. */
  readonly filterPattern: string;
  /** Absent: every log group. */
  readonly selectionCriteria?: string;
}

/** The one form of selection criteria of a subscription policy: API reference of CloudWatch Logs, PutAccountPolicy. */
const ALL_BUT = /^\s*LogGroupName\s+NOT\s+IN\s*(\[.*\])\s*$/is;

/** Why a policy does not bring every line of a log group, as the end of a sentence; undefined where it does. */
export function whyNotWatching(
  { name, filterPattern, selectionCriteria = '' }: AccountPolicy,
  logGroupName: string,
): string | undefined {
  if (filterPattern.trim() !== '') return `${name} passes on only what matches ${JSON.stringify(filterPattern)}`;
  if (selectionCriteria.trim() === '') return undefined;
  const left = leftOut(selectionCriteria);
  if (left === undefined)
    return `${name} selects log groups by ${JSON.stringify(selectionCriteria)}, which cannot be read here`;
  return left.includes(logGroupName) ? `${name} leaves ${logGroupName} out` : undefined;
}

function leftOut(criteria: string): readonly unknown[] | undefined {
  const list = ALL_BUT.exec(criteria)?.[1];
  try {
    return list === undefined ? undefined : (JSON.parse(list) as readonly unknown[]);
  } catch {
    return undefined;
  }
}
