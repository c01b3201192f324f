import type { WatchedFunction } from '@lamplighter/contracts';
import { type Counts, HOUR_MS, hoursBefore, startOfHour, totalOf } from '../domain/completeness.ts';
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
  const measured: Measured[] = [];
  const failures: unknown[] = [];
  for (const one of watched) {
    const byHour = (hour: number) => within(invoked.get(one.functionName) ?? new Map(), hour);
    const outcome = await settled(reconcileFunction(one, hours, byHour, deps));
    if (outcome.status === 'fulfilled') measured.push(...outcome.value);
    else failures.push(outcome.reason);
  }
  await deps.metric(lowestByFunction(measured), hours.at(-1)!);
  // One function's trouble holds up no other, and is still seen: the run fails, and the next one tries again.
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${watched.length} functions could not be reconciled`);
}

async function settled<Value>(work: Promise<Value>): Promise<PromiseSettledResult<Value>> {
  const [outcome] = await Promise.allSettled([work]);
  return outcome;
}

interface Measured {
  readonly functionName: string;
  readonly completenessPct: number;
}

/** The hours of one function that are worth telling: the newest, and older ones that are still short. */
async function reconcileFunction(
  watched: WatchedFunction,
  hours: readonly number[],
  invoked: (hour: number) => Counts,
  deps: ReconcileDeps,
): Promise<Measured[]> {
  const { functionName } = watched;
  const recorded = await deps.ledger.hours(watched, { from: hours[0]!, to: hours.at(-1)! });
  const measured: Measured[] = [];
  for (const hour of hours.filter((one) => totalOf(invoked(one)) > 0)) {
    const known = recorded.find((one) => one.hour === hour);
    const isSettled = known?.completenessPct === 100 && known.invoked === totalOf(invoked(hour));
    const completenessPct = isSettled ? 100 : await reconcileHour(watched, hour, invoked(hour), deps);
    if (hour === hours.at(-1) || completenessPct < 100) measured.push({ functionName, completenessPct });
  }
  return measured;
}

function within(counts: Counts, hour: number): Counts {
  return new Map([...counts].filter(([start]) => start >= hour && start < hour + HOUR_MS));
}

function lowestByFunction(measured: readonly Measured[]): Measured[] {
  const lowest = new Map<string, number>();
  for (const one of measured)
    lowest.set(one.functionName, Math.min(one.completenessPct, lowest.get(one.functionName) ?? 100));
  return [...lowest].map(([functionName, pct]) => ({ functionName, completenessPct: pct }));
}
