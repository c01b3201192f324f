import type { StoredAlert } from './stored-alert.ts';
import { withNotice } from './with-notice.ts';

export interface Closing {
  readonly by: NonNullable<StoredAlert['closedBy']>;
  readonly because: string;
}

/** The alert is over. Its identity stays; the next of its group opens another one. */
export function closeAlert(alert: StoredAlert, { by, because }: Closing, now: number): StoredAlert {
  const { nextStepAt: _, snoozedUntil: __, ...rest } = alert;
  return withNotice({ ...rest, state: 'closed', closedAt: now, closedBecause: because, closedBy: by }, 'closed', now);
}
