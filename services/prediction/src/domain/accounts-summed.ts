import { sumOfOutlooks } from '@lamplighter/prediction';
import type { ForecastView } from './forecast-view.ts';
import { accountKey } from './subject.ts';

/** Views of which each account costs what its functions cost together; one whose functions are not known, what it was told to cost itself. */
export function withAccountsSummed(views: readonly ForecastView[]): ForecastView[] {
  const functions = Map.groupBy(
    views.filter(({ resource }) => resource.type === 'lambda-function'),
    ({ resource }) => accountKey(resource),
  );
  return views.map((view) => {
    const its = view.resource.type === 'account' ? functions.get(accountKey(view.resource)) : undefined;
    return its === undefined ? view : { ...view, cost: sumOfOutlooks(its.map(({ cost }) => cost)) };
  });
}
