import type { Experience } from './plan-remedies.ts';

/** What an outcome of so long ago counts is half of a new one: code, traffic and the playbooks change. */
const HALF_LIFE_MS = 30 * 86_400_000;

/** Outcomes that were counted, and when the newest of them came, epoch milliseconds; absent of counts of an earlier version. */
export interface Outcomes extends Pick<Experience, 'kept' | 'undone'> {
  readonly at?: number;
}

/** What outcomes count by now: half after a month, a quarter after two. Counts of which nobody knows when they came are taken to be a month old. */
export function agedOutcomes({ kept, undone, at }: Outcomes, now: number): Pick<Experience, 'kept' | 'undone'> {
  const share = 0.5 ** (Math.max(0, now - (at ?? now - HALF_LIFE_MS)) / HALF_LIFE_MS);
  return { kept: kept * share, undone: undone * share };
}
