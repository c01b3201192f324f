import { BreachPredicted } from '@lamplighter/contracts';
import { breachEventOf, newPredictionState, withdrawAll } from '@lamplighter/prediction';
import { goneView } from '../domain/forecast-view.ts';
import { resourceOf, type Subject } from '../domain/subject.ts';
import { type Foreseen, type StoreDeps, storeAndTell } from './store-and-tell.ts';

/** A figure of something that is there no more: what was told of it is taken back, and it is shown no longer. */
export function withdrawGone(subject: Subject, deps: StoreDeps): Promise<void> {
  return storeAndTell(
    subject,
    async (stored, now): Promise<Foreseen> => {
      const { state, changes } = withdrawAll(stored?.state ?? newPredictionState());
      const breaches = changes.map((change) => breachEventOf(resourceOf(subject), change));
      return {
        next: { settings: {}, settingsAt: now, state },
        rows: { breaches, capacity: goneView(subject) },
        entries: breaches.map((event) => BreachPredicted.entry(event, `${event.breachId}/${event.revision}`)),
      };
    },
    deps,
  );
}
