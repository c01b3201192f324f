export { seededRandom } from '../../packages/sandbox/src/core/faults/seeded-random.ts';

/** Uniform in [0, 1). The same seed gives the same numbers on any machine. */
export type Random = () => number;

export const pick = <T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

/** A whole number from `least` to `most`, both included. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));
