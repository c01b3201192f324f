import type { AlertSignal } from './alert-signal.ts';
import { isBelow } from './severity.ts';
import type { StoredAlert } from './stored-alert.ts';

/** So often within this time what comes and goes is told at once. */
const MOST_TOLD = 3;
const WITHIN_MS = 3_600_000;
/** After that it is told once it has lasted for so long. */
const LASTS_MS = 300_000;

const WARNING = `It comes and goes: ${MOST_TOLD} times within an hour. Until it is rarer, it is told where it lasts for ${LASTS_MS / 60_000} minutes, and once an hour.`;

/** How an alert that opens is told in view of those of its group that came and went before. */
export interface Return {
  /** When alerts of the group were told at once, those of the last hour, this one among them where it is. */
  readonly toldAtOnce: readonly number[];
  /** Until when it is held back, however often it comes and goes; absent where it is told at once. */
  readonly heldUntil?: number;
  /** What those who are told have to know of the next ones. */
  readonly warning?: string;
}

/**
 * A group whose alerts come and go is told three times within an hour, and then what lasts for five minutes; the rest once, when the first of the three is an
 * hour old: nobody goes on reading a pager that rings every minute. What is worse than the alert before is told at once, and so are the daily proof and
 * questions that wait for an approval. Pure.
 */
export function returnOf(before: StoredAlert | undefined, signal: AlertSignal, now: number): Return {
  const isUrgent = signal.subject.kind === 'synthetic' || signal.approvals !== undefined;
  const isNew = before === undefined || isBelow(before.severity, signal.severity) || isUrgent;
  const recent = isNew ? [] : (before.toldAtOnce ?? []).filter((at) => now - at < WITHIN_MS);
  if (recent.length >= MOST_TOLD) return { toldAtOnce: recent, heldUntil: recent[0]! + WITHIN_MS };
  const toldAtOnce = [...recent, now];
  return { toldAtOnce, ...(toldAtOnce.length === MOST_TOLD && { warning: WARNING }) };
}

/** When what is held back is told, if it lasts. */
export const toldIfItLasts = (heldUntil: number, now: number): number => Math.min(heldUntil, now + LASTS_MS);
