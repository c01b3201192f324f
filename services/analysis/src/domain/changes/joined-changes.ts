import type { ChangedSetting, FunctionChange } from '@lamplighter/contracts';

/** A function's own word of a change and the trail's are of one change when they are so close: Lambda notes when it was done, CloudTrail when it was asked for. */
const SAME_MS = 120_000;
/** Of several changes between two looks at a function the last one's time is known; and calls show a new size only when there are some. */
const SHOWN_MS = 3_600_000;

/**
 * Each change once, oldest first. A call that CloudTrail tells of names all that it sets: what the function says of itself adds which settings are others, and from what. It is left
 * out where a call tells the same, as is a memory size that calls show where its change is known.
 */
export function joinedChanges(changes: readonly FunctionChange[]): FunctionChange[] {
  const known = [...new Map(changes.toSorted((a, b) => b.at - a.at).map((one) => [keyOf(one), one])).values()];
  const of = (source: FunctionChange['source']) => known.filter((one) => one.source === source);
  const calls = of('cloudtrail');
  const made = [
    ...calls.map((call) => withDifference(call, of('lambda'))),
    ...of('lambda').filter((own) => ![...calls, ...of('lambda')].some((one) => isSame(one, own))),
  ];
  const seen = of('logs').filter((one) => !made.some((change) => sets(change, one)));
  return [...made, ...seen].sort((a, b) => a.at - b.at || (a.changeId < b.changeId ? -1 : 1));
}

const keyOf = ({ accountId, region, changeId }: FunctionChange): string => `${accountId} ${region} ${changeId}`;

/** Whether a call is the change that the function tells of; or the function told more of it, before it was learnt anew. */
function isSame(call: FunctionChange, own: FunctionChange): boolean {
  if (call.source === 'lambda') return own.kind === 'unknown' && call.kind !== 'unknown' && isClose(call, own);
  if (call.kind !== 'code' && call.kind !== 'configuration') return false;
  if (own.kind === 'code') return call.kind === 'code' && (isClose(call, own) || isOfCode(call, own));
  if (own.settings === undefined) return isClose(call, own);
  return call.kind === 'configuration' && (isClose(call, own) || sets(call, own));
}

const isHere = (one: FunctionChange, other: FunctionChange): boolean =>
  one.accountId === other.accountId && one.region === other.region;

const isClose = (one: FunctionChange, other: FunctionChange): boolean =>
  isHere(one, other) && Math.abs(one.at - other.at) <= SAME_MS;

/** Whether what was seen may have begun with the change. */
const isSince = (change: FunctionChange, seen: FunctionChange): boolean =>
  isHere(change, seen) && seen.at >= change.at - SAME_MS && seen.at <= change.at + SHOWN_MS;

const isOfCode = (call: FunctionChange, own: FunctionChange): boolean =>
  isSince(call, own) && own.codeSha256 !== undefined && call.codeSha256 === own.codeSha256;

/** Whether a change sets all that was seen to be another. */
function sets(change: FunctionChange, seen: FunctionChange): boolean {
  const { settings = [] } = seen;
  const isSet = (setting: ChangedSetting) => change.settings?.some((one) => isSetting(one, setting)) ?? false;
  return isSince(change, seen) && settings.length > 0 && settings.every(isSet);
}

const isSetting = (one: ChangedSetting, other: ChangedSetting): boolean =>
  one.name === other.name && one.after === other.after;

function withDifference(call: FunctionChange, own: readonly FunctionChange[]): FunctionChange {
  if (call.version === undefined) return call;
  const twin = own.find((one) => one.settings !== undefined && isSame(call, one));
  return twin?.settings === undefined ? call : { ...call, settings: twin.settings };
}
