import { closeAlert } from './close-alert.ts';
import { withEntry } from './history.ts';
import type { StoredAlert } from './stored-alert.ts';
import { withNotice } from './with-notice.ts';

/** What a person may say to an alert. */
export type AlertAnswer =
  | { readonly kind: 'acknowledge'; readonly by: string }
  | { readonly kind: 'snooze'; readonly by: string; readonly minutes: number }
  | { readonly kind: 'close'; readonly by: string };

export type AnswerOutcome =
  /** `isNews`: whoever was told of the alert has to hear of it. */
  | { readonly kind: 'changed'; readonly alert: StoredAlert; readonly isNews: boolean }
  | { readonly kind: 'already'; readonly alert: StoredAlert };

/** A snooze that would end no later than this after the one that runs is the same, said twice. */
const SAME_SNOOZE_MS = 60_000;
/** Whoever takes on what somebody else has taken on no longer ago has not seen that yet. */
const AT_ONCE_MS = 60_000;

/**
 * Acknowledging stops the escalation, and takes over what somebody else has in hand; a snooze lets it go on later; closing ends it. Whatever is said of an alert that is over says that somebody has seen it:
 * it is missed no more. Saying the same twice changes nothing; a later snooze is another one. Pure.
 */
export function answerAlert(stored: StoredAlert, answer: AlertAnswer, now: number): AnswerOutcome {
  if (stored.state === 'closed') return seen(stored, answer.by, now);
  const { missed: _missed, ...alert } = stored;
  switch (answer.kind) {
    case 'acknowledge': {
      if (alert.state === 'acknowledged' && !isTakenOver(alert, answer.by, now))
        return { kind: 'already', alert: stored };
      const { nextStepAt: _, snoozedUntil: __, ...rest } = alert;
      const taken = { ...rest, state: 'acknowledged' as const, acknowledgedBy: answer.by, acknowledgedAt: now };
      return news(withNotice(taken, 'acknowledged', now, answer.by));
    }
    case 'snooze': {
      const snoozedUntil = now + answer.minutes * 60_000;
      const { state, snoozedUntil: known = 0, nextStepAt: _, acknowledgedBy: __, ...rest } = alert;
      const isSame = state === 'snoozed' && Math.abs(snoozedUntil - known) < SAME_SNOOZE_MS;
      if (isSame) return { kind: 'already', alert: stored };
      // The execution that is under way may sleep for days: another one wakes in time, and the first ends when it finds that.
      const escalationRun = alert.escalationRun + 1;
      const snoozed = { ...rest, state: 'snoozed' as const, snoozedUntil, escalationRun };
      return news(withNotice(snoozed, 'snoozed', now, answer.by));
    }
    case 'close': {
      const closing = { by: 'person', because: `closed by ${answer.by}`, person: answer.by } as const;
      return news(closeAlert(alert, closing, now));
    }
  }
}

/** Two who answer at once do not take it from each other; who answers later does. */
const isTakenOver = ({ acknowledgedBy, acknowledgedAt = 0 }: StoredAlert, by: string, now: number): boolean =>
  by !== acknowledgedBy && now - acknowledgedAt >= AT_ONCE_MS;

const news = (alert: StoredAlert): AnswerOutcome => ({ kind: 'changed', alert, isNews: true });

function seen(alert: StoredAlert, by: string, now: number): AnswerOutcome {
  const { missed: _, ...rest } = alert;
  const isKnown = alert.isSettled || alert.acknowledgedBy !== undefined || alert.closedBy === 'person';
  if (isKnown) return { kind: 'already', alert };
  const noted = withEntry({ ...rest, acknowledgedBy: by }, { at: now, change: 'acknowledged', by });
  return { kind: 'changed', alert: noted, isNews: false };
}
