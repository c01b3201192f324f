import type { Look } from '../breach/breach-life.ts';
import { passageOf } from '../breach/first-passage.ts';
import { climbOf } from '../forecast/climb.ts';

/** How much was stored at a time. */
export interface StoredSample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** What fills up is looked at by the half day: thirty days back, thirty ahead. */
export const STORED_STEP_MS = 43_200_000;
const STEPS_BACK = 60;
const LEAST_SAMPLES = 4;
/** A week is time enough to clear up, and what is known a week before is known well. */
const SOON_STEPS = 14;

/** Keeps a sample of each half day: the newest one of it. */
export function keepSample(samples: readonly StoredSample[], sample: StoredSample): StoredSample[] {
  const slot = ({ at }: StoredSample): number => Math.floor(at / STORED_STEP_MS);
  return [...samples.filter((one) => slot(one) !== slot(sample)), sample]
    .sort((a, b) => a.at - b.at)
    .slice(-STEPS_BACK);
}

/**
 * Whether something that fills up is full within thirty days, and when: the climb of its half days goes on as long as it has lasted (as `passageOf` says).
 * Nothing is foreseen of fewer than four half days.
 */
export function fillingLook(samples: readonly StoredSample[], limit: number): Look {
  const last = samples.at(-1);
  const base = { at: last?.at ?? 0, used: (last?.value ?? 0) / limit, horizonMs: STEPS_BACK * STORED_STEP_MS };
  if (last === undefined || samples.length < LEAST_SAMPLES) return { ...base, probability: 0, soon: 0 };
  const values = byHalfDay(samples);
  const passage = passageOf(climbOf(values, values.length), values.length, limit);
  const probability = passage.at(-1)!;
  const reached = (share: number): number =>
    last.at + passage.findIndex((value) => value >= share * probability) * STORED_STEP_MS;
  return {
    ...base,
    probability,
    soon: passage[SOON_STEPS]!,
    ...(probability > 0 && { expectedAt: reached(0.5), earliestAt: reached(0.025), latestAt: reached(0.975) }),
  };
}

/** Half days back from the newest sample, thirty days at most: what nobody looked at lies on the line between its neighbours, so that a climb has the slope of the clock. */
function byHalfDay(samples: readonly StoredSample[]): number[] {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const count = Math.min(STEPS_BACK, 1 + Math.round((last.at - first.at) / STORED_STEP_MS));
  return Array.from({ length: count }, (_, at) => valueAt(samples, last.at - (count - 1 - at) * STORED_STEP_MS));
}

function valueAt(samples: readonly StoredSample[], time: number): number {
  const after = samples.find(({ at }) => at >= time) ?? samples.at(-1)!;
  const before = samples.findLast(({ at }) => at <= time) ?? samples[0]!;
  const share = after.at > before.at ? (time - before.at) / (after.at - before.at) : 0;
  return before.value + share * (after.value - before.value);
}
