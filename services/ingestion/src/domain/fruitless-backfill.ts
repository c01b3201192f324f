import type { LedgerHour } from '../ports.ts';

/** Lines may reach a log group late; what is not there hours after a second look was never logged, as where a log level hides it. */
const AGAIN_AFTER_MS = 6 * 3_600_000;
const MOST_TIMES = 2;

type Found = Pick<LedgerHour, 'invoked' | 'audited'>;

/** Whether the log group has been read for just this gap, found to hold none of it, and is not yet worth another look. */
export function isKnownFruitless(known: LedgerHour | undefined, { invoked, audited }: Found, now: number): boolean {
  if (known?.fruitless === undefined || known.backfillFrom !== undefined) return false;
  if (known.invoked !== invoked || known.audited !== audited) return false;
  const { times, at } = known.fruitless;
  return times >= MOST_TIMES || now - at < AGAIN_AFTER_MS;
}

/** What is to be remembered of a reading that found nothing. */
export function oneMoreFruitless(known: LedgerHour | undefined, { invoked, audited }: Found, now: number) {
  const isSame = known?.invoked === invoked && known.audited === audited;
  return { times: (isSame ? (known.fruitless?.times ?? 0) : 0) + 1, at: now };
}
