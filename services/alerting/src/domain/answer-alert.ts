import { closeAlert } from './close-alert.ts';
import type { StoredAlert } from './stored-alert.ts';

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
      return changed({ ...rest, state: 'acknowledged', acknowledgedBy: answer.by }, 'acknowledged', now);
    }
    case 'snooze': {
      const until = now + answer.minutes * 60_000;
      const { nextStepAt: _, acknowledgedBy: __, ...rest } = alert;
      // Whoever had taken it on has put it back: its execution has ended, so the escalation begins another.
      const escalationRun = alert.state === 'acknowledged' ? alert.escalationRun + 1 : alert.escalationRun;
      return changed({ ...rest, state: 'snoozed', snoozedUntil: until, escalationRun }, 'snoozed', now);
    }
    case 'close':
      return { kind: 'changed', alert: closeAlert(alert, `closed by ${answer.by}`, now) };
  }
}

function changed(alert: StoredAlert, lastChange: StoredAlert['lastChange'], now: number): AnswerOutcome {
  return { kind: 'changed', alert: { ...alert, lastChange, updatedAt: now, revision: alert.revision + 1 } };
}
