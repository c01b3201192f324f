import type { WatchedFunction } from '@lamplighter/contracts';
import { type Counts, HOUR_MS, hoursBefore, startOfHour, totalOf } from '../domain/completeness.ts';
import { functionId } from '../domain/function-id.ts';
import { goOnBehind } from '../domain/go-on-behind.ts';
import { isOfWebFunction } from '../domain/web-function.ts';
import type { CompletenessMetricPort, InvocationsPort, RoundsPort } from '../ports.ts';
import { type Looking, type ReconcileDeps, reconcileHour } from './reconcile-hour.ts';

export interface ReconcileAllDeps extends ReconcileDeps {
  readonly accountId: string;
  readonly invocations: InvocationsPort;
  readonly metric: CompletenessMetricPort;
  readonly rounds: RoundsPort;
  /** Until the run is broken off, milliseconds. */
  readonly remainingMs: () => number;
}

/** An hour is looked at again as long as late metrics or a late repair may change it; one that was complete stays so and costs a query. */
const HOURS_BACK = 24;
const METRIC_PERIOD_SECONDS = 60;
/** For ending what is under way, for the metric, and for saying where the round has stopped. */
const RESERVE_MS = 90_000;
/** One function whose log group takes long to read leaves time for others. */
const MOST_PER_FUNCTION_MS = 240_000;

/**
 * The loss ledger's hourly round over every function of this account; functions of other accounts are reconciled where their metrics are. A
 * round that does not get through in time tells what it has measured, and the next one goes on behind the function where it stopped.
 */
export async function reconcileCompleteness(now: number, deps: ReconcileAllDeps): Promise<void> {
  const all = (await deps.ledger.functions()).filter((one) => one.accountId === deps.accountId && isMeasurable(one));
  const watched = goOnBehind(all, functionId, await deps.rounds.stoppedAt('reconcile'));
  const hours = hoursBefore(now, HOURS_BACK).reverse();
  const range = { from: hours.at(-1)!, to: startOfHour(now) };
  const invoked = await deps.invocations(
    [...new Set(all.map((one) => one.functionName))],
    range,
    METRIC_PERIOD_SECONDS,
  );
  const measured: Measured[] = [];
  const failures: unknown[] = [];
  let last: WatchedFunction | undefined;
  for (const one of watched) {
    if (last !== undefined && deps.remainingMs() <= RESERVE_MS) break;
    const byHour = (hour: number) => within(invoked.get(one.functionName) ?? new Map(), hour);
    const looking = { now, hasTime: timeOf(deps) };
    const outcome = await reconcileFunction(one, { hours, invoked: byHour }, looking, deps);
    measured.push(...outcome.measured);
    failures.push(...outcome.failures);
    last = one;
  }
  await deps.metric(lowestByFunction(measured), hours[0]!);
  await deps.rounds.stop('reconcile', last === undefined || last === watched.at(-1) ? undefined : functionId(last));
  // The trouble of one hour or function holds up no other, and is still seen: the run fails, and the next one tries again.
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} hours could not be reconciled`);
}

/** Of a Web Function CloudWatch counts requests, of which its log tells nothing: there is nothing to compare. */
const isMeasurable = (watched: WatchedFunction): boolean => !isOfWebFunction(watched);

/** Whether a function that is begun now still has time. */
function timeOf({ remainingMs }: ReconcileAllDeps): () => boolean {
  const until = Math.max(RESERVE_MS, remainingMs() - MOST_PER_FUNCTION_MS);
  return () => remainingMs() > until;
}

interface Measured {
  readonly functionName: string;
  readonly completenessPct: number;
}

interface Outcome {
  readonly measured: readonly Measured[];
  readonly failures: readonly unknown[];
}

/** The hours of one function that are worth telling: the newest, and older ones that are still short. The newest first, while there is time. */
async function reconcileFunction(
  watched: WatchedFunction,
  { hours, invoked }: { readonly hours: readonly number[]; readonly invoked: (hour: number) => Counts },
  looking: Looking,
  deps: ReconcileDeps,
): Promise<Outcome> {
  const { functionName } = watched;
  const measured: Measured[] = [];
  const failures: unknown[] = [];
  try {
    const recorded = await deps.ledger.hours(watched, { from: hours.at(-1)!, to: hours[0]! });
    for (const hour of hours.filter((one) => totalOf(invoked(one)) > 0)) {
      const known = recorded.find((one) => one.hour === hour);
      const isSettled = known?.completenessPct === 100 && known.invoked === totalOf(invoked(hour));
      if (!isSettled && hour !== hours[0] && !looking.hasTime()) continue;
      const reconcile = () => reconcileHour(watched, { hour, invoked: invoked(hour) }, looking, deps);
      const [outcome] = await Promise.allSettled([isSettled ? 100 : reconcile()]);
      if (outcome.status === 'rejected') failures.push(outcome.reason);
      else if (hour === hours[0] || outcome.value < 100)
        measured.push({ functionName, completenessPct: outcome.value });
    }
  } catch (error) {
    failures.push(error);
  }
  return { measured, failures };
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
