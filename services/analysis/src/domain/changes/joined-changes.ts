import type { ChangedSetting, FunctionChange } from '@lamplighter/contracts';
import { callsByLook, differencesOf, isSetting, SHOWN_MS, untoldOf } from './settings-of-calls.ts';

/** A function's own word of a change and the trail's are of one change when they are so close: Lambda notes when it was done, CloudTrail when it was asked for. */
const SAME_MS = 120_000;

/**
 * Each change once, oldest first. A call that CloudTrail tells of names all that it sets: what the function says of itself adds which settings are others, and from what. It is left
 * out as far as calls tell the same, as is a memory size that calls show where its change is known.
 */
export function joinedChanges(changes: readonly FunctionChange[]): FunctionChange[] {
  const known = [...new Map(changes.toSorted((a, b) => b.at - a.at).map((one) => [keyOf(one), one])).values()];
  const of = (source: FunctionChange['source']) => known.filter((one) => one.source === source);
  const [calls, own] = [of('cloudtrail'), of('lambda')];
  const byLook = callsByLook(calls, own);
  const others = new Map(
    [...byLook].flatMap(([look, shown]) => differencesOf(look, shown).map((call) => [keyOf(call), call])),
  );
  const made = [
    ...calls.map((call) => others.get(keyOf(call)) ?? call),
    ...own.flatMap((one) => restOf(one, { calls, own, shown: byLook.get(one) ?? [] }) ?? []),
  ];
  const seen = of('logs').filter((one) => !made.some((change) => sets(change, one)));
  return [...made, ...seen].sort((a, b) => a.at - b.at || (a.changeId < b.changeId ? -1 : 1));
}

const keyOf = ({ accountId, region, changeId }: FunctionChange): string => `${accountId} ${region} ${changeId}`;

interface Beside {
  readonly calls: readonly FunctionChange[];
  readonly own: readonly FunctionChange[];
  /** Calls whose settings the change shows. */
  readonly shown: readonly FunctionChange[];
}

/** What a function tells of itself and nobody else does; undefined where that is nothing. */
function restOf(one: FunctionChange, { calls, own, shown }: Beside): FunctionChange | undefined {
  const released = calls.filter(isOfLatest);
  if (one.kind === 'code')
    return released.some((call) => call.kind === 'code' && (isClose(call, one) || isOfCode(call, one)))
      ? undefined
      : one;
  if (one.settings !== undefined && one.settings.length > 0) return untoldOf(one, shown);
  // Known more exactly before the function was learnt anew.
  const isToldBefore =
    one.kind === 'unknown' && own.some(({ kind, ...more }) => kind !== 'unknown' && isClose(more, one));
  return isToldBefore || shown.length > 0 || released.some((call) => isClose(call, one)) ? undefined : one;
}

const isOfLatest = ({ kind, version }: FunctionChange): boolean =>
  kind === 'code' || (kind === 'configuration' && version === '$LATEST');

type Placed = Pick<FunctionChange, 'accountId' | 'region' | 'at'>;

const isHere = (one: Placed, other: Placed): boolean =>
  one.accountId === other.accountId && one.region === other.region;

const isClose = (one: Placed, other: Placed): boolean => isHere(one, other) && Math.abs(one.at - other.at) <= SAME_MS;

/** Whether what was seen may have begun with the change. */
const isSince = (change: Placed, seen: Placed): boolean =>
  isHere(change, seen) && seen.at >= change.at - SAME_MS && seen.at <= change.at + SHOWN_MS;

const isOfCode = (call: FunctionChange, own: FunctionChange): boolean =>
  isSince(call, own) && own.codeSha256 !== undefined && call.codeSha256 === own.codeSha256;

/** Whether a change sets all that was seen to be another. */
function sets(change: FunctionChange, seen: FunctionChange): boolean {
  const { settings = [] } = seen;
  const isSet = (setting: ChangedSetting) => change.settings?.some((one) => isSetting(one, setting)) ?? false;
  return isSince(change, seen) && settings.length > 0 && settings.every(isSet);
}
