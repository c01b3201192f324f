import { addLoads, MINUTE_MS, minutesOf, type NewMinute, type PredictionState } from '@lamplighter/prediction';

/** The last minutes of a function, as its account sums them up. */
export interface FunctionMinutes {
  readonly functionName: string;
  /** It has concurrency of its own, and takes none of what the others share. */
  readonly isReserved: boolean;
  readonly minutes: readonly NewMinute[];
}

/** So many minutes of each function are summed: what is corrected later does not change the account's. */
const SHARED_MINUTES = 60;

/** What a function tells its account. */
export function sharedMinutes(functionName: string, isReserved: boolean, { load }: PredictionState): FunctionMinutes {
  const { start, steps } = minutesOf(load);
  const from = Math.max(start, start + (steps.length - SHARED_MINUTES) * MINUTE_MS);
  const minutes = Object.entries(load.minutes)
    .filter(([minute]) => Number(minute) >= from)
    .map(([minute, known]) => ({ start: Number(minute), ...known }));
  return { functionName, isReserved, minutes };
}

/**
 * The account's minutes before `until`: functions summed. A minute's revision rises with every function that is added or corrected, so the sum that knows most
 * is the newest. Calls and costs are everybody's; concurrency is that of the functions without a reservation.
 */
export function sumMinutes(functions: readonly FunctionMinutes[], until: number): NewMinute[] {
  const sums = new Map<number, NewMinute>();
  for (const { minutes, isReserved } of functions) {
    for (const { start, revision, load } of minutes) {
      if (start >= until) continue;
      const shared = isReserved ? { ...load, busyMs: 0, peak: 0 } : load;
      const known = sums.get(start);
      sums.set(start, {
        start,
        revision: (known?.revision ?? 0) + revision + 1,
        load: known === undefined ? shared : addLoads(known.load, shared),
      });
    }
  }
  return [...sums.values()].sort((a, b) => a.start - b.start);
}
