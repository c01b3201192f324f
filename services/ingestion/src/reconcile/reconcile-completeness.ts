import { type Counts, HOUR_MS, hoursBefore, startOfHour } from '../domain/completeness.ts';
import type { CompletenessMetricPort, InvocationsPort } from '../ports.ts';
import { type ReconcileDeps, reconcileHour } from './reconcile-hour.ts';

export interface ReconcileAllDeps extends ReconcileDeps {
  readonly accountId: string;
  readonly invocations: InvocationsPort;
  readonly metric: CompletenessMetricPort;
}

/** An hour is looked at again as long as late metrics or a late repair may change it; one that was complete stays so and costs a query. */
const HOURS_BACK = 24;
const METRIC_PERIOD_SECONDS = 60;

/** The loss ledger's hourly round over every function of this account; functions of other accounts are reconciled where their metrics are. */
export async function reconcileCompleteness(now: number, deps: ReconcileAllDeps): Promise<void> {
  const watched = (await deps.ledger.functions()).filter((one) => one.accountId === deps.accountId);
  const hours = hoursBefore(now, HOURS_BACK);
  const range = { from: hours[0]!, to: startOfHour(now) };
  const invoked = await deps.invocations(
    [...new Set(watched.map((one) => one.functionName))],
    range,
    METRIC_PERIOD_SECONDS,
  );
  const lastHour = hours.at(-1)!;
  const measured: { functionName: string; completenessPct: number }[] = [];
  for (const one of watched) {
    const recorded = new Map((await deps.ledger.hours(one, range)).map((hour) => [hour.hour, hour]));
    for (const hour of hours) {
      const counts = within(invoked.get(one.functionName) ?? new Map(), hour);
      const known = recorded.get(hour);
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      if (total === 0 || (known && known.invoked === total && known.completenessPct === 100)) {
        if (hour === lastHour && known)
          measured.push({ functionName: one.functionName, completenessPct: known.completenessPct });
        continue;
      }
      const pct = await reconcileHour(one, hour, counts, deps);
      if (hour === lastHour || pct < 100) measured.push({ functionName: one.functionName, completenessPct: pct });
    }
  }
  await deps.metric(lowestByFunction(measured), lastHour);
}

function within(counts: Counts, hour: number): Counts {
  return new Map([...counts].filter(([start]) => start >= hour && start < hour + HOUR_MS));
}

function lowestByFunction(measured: readonly { functionName: string; completenessPct: number }[]) {
  const lowest = new Map<string, number>();
  for (const one of measured)
    lowest.set(one.functionName, Math.min(one.completenessPct, lowest.get(one.functionName) ?? 100));
  return [...lowest].map(([functionName, pct]) => ({ functionName, completenessPct: pct }));
}
