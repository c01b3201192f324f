import { addLoads, MINUTE_MS, minutesOf, type NewMinute, type PredictionState } from '@lamplighter/prediction';
import type { Settings } from './limits-of.ts';

/** The last minutes of a function, as its account sums them up. */
export interface FunctionMinutes {
  readonly functionName: string;
  /** It has concurrency of its own, and takes none of what the others share. */
  readonly isReserved: boolean;
  /** Environments that are kept for it, used or not; none where absent. */
  readonly provisioned?: number;
  readonly minutes: readonly NewMinute[];
}

/** So many minutes of each function are summed: what is corrected later does not change the account's. */
const SHARED_MINUTES = 60;

/** What a function tells its account. */
export function sharedMinutes(
  functionName: string,
  { reservedConcurrency, provisionedConcurrency }: Settings,
  { load }: PredictionState,
): FunctionMinutes {
  const { start, steps } = minutesOf(load);
  const from = Math.max(start, start + (steps.length - SHARED_MINUTES) * MINUTE_MS);
  const minutes = Object.entries(load.minutes)
    .filter(([minute]) => Number(minute) >= from)
    .map(([minute, known]) => ({ start: Number(minute), ...known }));
  const isReserved = reservedConcurrency !== undefined;
  return {
    functionName,
    isReserved,
    ...(provisionedConcurrency !== undefined && { provisioned: provisionedConcurrency }),
    minutes,
  };
}

/** Of a minute that some functions no longer have: it counts where nothing is known of the minute, and replaces nothing. */
const INCOMPLETE = 0;

/**
 * The account's minutes before `until`: functions summed. A minute's revision rises with every function that is added or corrected, so the sum that knows most
 * is the newest; only of the last hour, since of what lies further back functions that have moved on have no minutes any more. Calls, busy time and costs are
 * everybody's; concurrency is that of the functions without a reservation, and what is kept for them by provisioning is taken by them, idle or not
 * (`ClaimedAccountConcurrency`, https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html).
 */
export function sumMinutes(functions: readonly FunctionMinutes[], until: number): NewMinute[] {
  const claimed = functions.reduce((sum, one) => sum + (one.isReserved ? 0 : (one.provisioned ?? 0)), 0);
  const all = functions.flatMap(sharesOf);
  const newest = all.reduce((latest, { start }) => Math.max(latest, start), 0);
  const byMinute = [
    ...Map.groupBy(
      all.filter(({ start }) => start < until),
      ({ start }) => start,
    ),
  ].sort(([a], [b]) => a - b);
  return byMinute.map(([start, shares]) => {
    const load = shares.map((share) => share.load).reduce(addLoads);
    const apartMs = shares.reduce((sum, share) => sum + share.apartMs, 0);
    const isComplete = start > newest - SHARED_MINUTES * MINUTE_MS;
    const revision = isComplete ? shares.reduce((sum, share) => sum + share.revision + 1, 0) : INCOMPLETE;
    return { start, revision, load: { ...load, busyMs: load.busyMs + apartMs, peak: load.peak + claimed } };
  });
}

/** A function's minute as part of its account's: what it takes of the concurrency that functions share, beyond what is provisioned for it. */
interface Share extends NewMinute {
  /** Busy time in what is reserved or provisioned for it: it takes nothing of what is shared. */
  readonly apartMs: number;
}

function sharesOf({ minutes, isReserved, provisioned = 0 }: FunctionMinutes): Share[] {
  return minutes.map(({ load, ...minute }) => {
    const apartMs = isReserved ? load.busyMs : Math.min(load.busyMs, provisioned * MINUTE_MS);
    const peak = isReserved ? 0 : Math.max(0, load.peak - provisioned);
    return { ...minute, load: { ...load, busyMs: load.busyMs - apartMs, peak }, apartMs };
  });
}
