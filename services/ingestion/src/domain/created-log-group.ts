/**
 * The log group that a CloudTrail CreateLogGroup record names, bare or in an EventBridge envelope; undefined where the call failed or names
 * none. `responseElements` is null on success, and some exports write "null".
 */
export function createdLogGroup(event: unknown): string | undefined {
  const record = member(event, 'detail') ?? event;
  if (member(record, 'eventName') !== 'CreateLogGroup' || member(record, 'errorCode') !== undefined) return undefined;
  const name = member(member(record, 'requestParameters'), 'logGroupName');
  return typeof name === 'string' && name.length > 0 ? name : undefined;
}

function member(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
