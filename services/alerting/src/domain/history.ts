import type { Alert } from '@lamplighter/contracts';
import type { StoredAlert } from './stored-alert.ts';

type AlertEntry = NonNullable<Alert['history']>[number];

/** As many as an alert keeps: its beginning, and the newest ones. */
const MOST_ENTRIES = 50;

/** The alert with one more entry of its history: whoever looks back learns who answered what and when. That of the version before begins with its opening. Pure. */
export function withEntry<Kept extends StoredAlert>(alert: Kept, entry: AlertEntry): Kept {
  const { openedAt, history = [{ at: openedAt, change: 'opened' }] } = alert;
  const all = [...history, entry];
  return { ...alert, history: [...all.slice(0, 1), ...all.slice(1).slice(1 - MOST_ENTRIES)] };
}
