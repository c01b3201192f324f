import type { Incident } from '../incident.ts';
import { MINUTE_MS } from '../step.ts';

/** What comes of a trouble this much later, at most, is of it: as for what is only suspected. */
const PRESENT_MS = 3 * MINUTE_MS;

/** The newest minute that showed the class itself. */
export const shownAt = (known: Incident): number => known.shownAt ?? known.lastBadAt;

/** Whether what a minute showed is still there in another: three minutes later, or in the next one that has calls. */
export const isPresent = (at: number, start: number, calledAt: number | null): boolean =>
  start - at <= PRESENT_MS || at === calledAt;

/** Whether an open incident shows itself no more, and what shows now has begun anew. */
export const isAtRest = (known: Incident, start: number, calledAt: number | null): boolean =>
  !isPresent(shownAt(known), start, calledAt);
