import type { Severity } from '@lamplighter/contracts';
import type { StoredAlert } from './stored-alert.ts';

/**
 * Lists of alerts that are still to be looked after: those that are not closed, by severity; those that ended, until everybody who has to know does; and those
 * that ended and were missed, until a person answers. `open` holds those that were written before there were lists by severity.
 */
export type AlertList = 'open' | `open/${Severity}` | 'ended' | 'missed';

/** The list in which an alert stands; undefined for one that nothing has to be done about any more. */
export function listOf({ state, severity, missed, isSettled }: StoredAlert): AlertList | undefined {
  if (state !== 'closed') return `open/${severity}`;
  if (missed !== undefined) return 'missed';
  return isSettled ? undefined : 'ended';
}
