import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../change.ts';
import { settingsOf } from '../settings-of.ts';
import type { GuardRequest, GuardState } from './guard-request.ts';

/** A change that is made, and will be taken back after a while. */
export type Held = NonNullable<GuardState['held']>[number];

/** Who has set, for a while, what the change would set: what is there now is not what has to be there after it. */
export function holderOf({ change, remediationId }: GuardRequest, { held = [] }: GuardState): Held | undefined {
  const own = settingsOf(change);
  return held.find((one) => one.remediationId !== remediationId && one.settings.some((name) => own.includes(name)));
}

/** Until when all that a stopgap would set is so by another one, epoch milliseconds. Undefined where it is not, or for no longer; and of what shall stay, which would end with the other one. */
export function isSoUntil({ change, untilMinutes }: GuardRequest, { hold }: Held, now: number): number | undefined {
  if (untilMinutes === undefined || hold === undefined || hold.until <= now) return undefined;
  return isSetBy(change, hold.change) ? hold.until : undefined;
}

/** From what each was planned says nothing of what it sets. */
function isSetBy(change: Change, by: Change): boolean {
  const there: Readonly<Record<string, unknown>> = { ...by };
  return Object.entries(change).every(([name, value]) => name === 'from' || isDeepStrictEqual(value, there[name]));
}
