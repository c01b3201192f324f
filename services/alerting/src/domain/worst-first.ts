import { isBelow } from './severity.ts';
import type { StoredAlert } from './stored-alert.ts';

type Ranked = Pick<StoredAlert, 'severity' | 'openedAt'>;

/** Orders alerts: the more severe before the less severe, and the newer before the older. */
export function worstFirst(one: Ranked, other: Ranked): number {
  if (isBelow(one.severity, other.severity)) return 1;
  if (isBelow(other.severity, one.severity)) return -1;
  return other.openedAt - one.openedAt;
}
