import { ownCost, STANDING_MONTH_USD } from '@lamplighter/prediction';
import type { CapacityView, ForecastView } from './forecast-view.ts';
import { accountKey } from './subject.ts';

/** Figures are looked at every five minutes near their limit, every fifteen far from it: most are far. */
const MINUTES_A_LOOK = 12;

/** What Lamplighter costs this month. Calls of functions alone: an account's are theirs. Figures are looked at while their own account works. */
export function ownCostOf(views: readonly ForecastView[], gauges: readonly CapacityView[]) {
  const minutesOf = ({ watched }: ForecastView): number => watched.busyMinutes + (watched.silentMinutes ?? 0);
  const accounts = views.filter(({ resource }) => resource.type === 'account');
  const functions = views.filter(({ resource }) => resource.type === 'lambda-function');
  const byAccount = new Map(accounts.map((view) => [accountKey(view.resource), minutesOf(view)]));
  const total = (of: (view: ForecastView) => number): number => functions.reduce((sum, view) => sum + of(view), 0);
  const looksAt = ({ resource }: CapacityView): number => (byAccount.get(accountKey(resource)) ?? 0) / MINUTES_A_LOOK;
  const { totalUsd, parts } = ownCost({
    invocations: total(({ watched }) => watched.invocations),
    busyMinutes: total(({ watched }) => watched.busyMinutes),
    silentMinutes: total(({ watched }) => watched.silentMinutes ?? 0),
    accountMinutes: accounts.reduce((sum, view) => sum + minutesOf(view), 0),
    capacityLooks: gauges.reduce((sum, gauge) => sum + looksAt(gauge), 0),
    capacityMetrics: gauges.reduce((sum, gauge) => sum + looksAt(gauge) * (gauge.metrics ?? 1), 0),
  });
  return { monthUsd: totalUsd, standingMonthUsd: STANDING_MONTH_USD, parts: [...parts] };
}
