import { closeAlert } from './close-alert.ts';
import type { StoredAlert } from './stored-alert.ts';
import { withNotice } from './with-notice.ts';

/** What a person may say to an alert. */
export type AlertAnswer =
  | { readonly kind: 'acknowledge'; readonly by: string }
  | { readonly kind: 'snooze'; readonly by: string; readonly minutes: number }
  | { readonly kind: 'close'; readonly by: string };

export type AnswerOutcome =
  | { readonly kind: 'changed'; readonly alert: StoredAlert }
  | { readonly kind: 'already'; readonly alert: StoredAlert };

/** Acknowledging stops the escalation; a snooze lets it go on later; closing ends it. Saying the same twice changes nothing. Pure. */
export function answerAlert(alert: StoredAlert, answer: AlertAnswer, now: number): AnswerOutcome {
  if (alert.state === 'closed') return { kind: 'already', alert };
  switch (answer.kind) {
    case 'acknowledge': {
      if (alert.state === 'acknowledged') return { kind: 'already', alert };
      const { nextStepAt: _, snoozedUntil: __, ...rest } = alert;
      const taken = { ...rest, state: 'acknowledged' as const, acknowledgedBy: answer.by };
      return { kind: 'changed', alert: withNotice(taken, 'acknowledged', now) };
    }
    case 'snooze': {
      const snoozedUntil = now + answer.minutes * 60_000;
      const { nextStepAt: _, acknowledgedBy: __, ...rest } = alert;
      // The execution that is under way may sleep for days: another one wakes in time, and the first ends when it finds that.
      const escalationRun = alert.escalationRun + 1;
      const snoozed = { ...rest, state: 'snoozed' as const, snoozedUntil, escalationRun };
      return { kind: 'changed', alert: withNotice(snoozed, 'snoozed', now) };
    }
    case 'close': {
      const closing = { by: 'person', because: `closed by ${answer.by}` } as const;
      return { kind: 'changed', alert: closeAlert(alert, closing, now) };
    }
  }
}
