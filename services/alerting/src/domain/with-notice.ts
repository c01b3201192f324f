import type { StoredAlert } from './stored-alert.ts';

type Change = Exclude<StoredAlert['lastChange'], 'opened' | 'joined'>;

/** The next revision of an alert, which people have to notice. */
export function withNotice(alert: StoredAlert, change: Change, now: number): StoredAlert {
  const revision = alert.revision + 1;
  return {
    ...alert,
    revision,
    newsRevision: revision,
    notice: { change, revision },
    lastChange: change,
    updatedAt: now,
  };
}
