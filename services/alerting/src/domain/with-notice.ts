import { withEntry } from './history.ts';
import type { StoredAlert } from './stored-alert.ts';

type Change = Exclude<StoredAlert['lastChange'], 'opened' | 'joined'>;

/** The next revision of an alert, which people have to notice. `by`: whose word it is, where it is somebody's. */
export function withNotice(alert: StoredAlert, change: Change, now: number, by?: string): StoredAlert {
  const revision = alert.revision + 1;
  return {
    ...withEntry(alert, { at: now, change, ...(by !== undefined && { by }) }),
    revision,
    newsRevision: revision,
    notice: { change, revision },
    lastChange: change,
    updatedAt: now,
  };
}
