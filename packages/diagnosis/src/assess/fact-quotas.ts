import type { Fact } from '../windows/fact.ts';

/** So many facts of a kind are kept, of a minute and of the half hour: no kind pushes another one out. A deploy may change every setting that two looks at a function compare, and reserved concurrency: none of them pushes out another. Given-up requests are counted, not kept. */
const QUOTAS: Readonly<Record<Exclude<Fact['kind'], 'async-failure'>, number>> = {
  deploy: 2,
  deletion: 1,
  alarm: 4,
  'configuration-change': 10,
  dependency: 8,
  'refusing-dependency': 4,
  'repeated-message': 4,
};

/** The last of each kind, in their order. */
export function withinQuotas(facts: readonly Fact[]): Fact[] {
  const left = new Map<string, number>(Object.entries(QUOTAS));
  return facts
    .toReversed()
    .filter(({ kind }) => {
      const more = left.get(kind) ?? 0;
      left.set(kind, more - 1);
      return more > 0;
    })
    .reverse();
}

/** By their time; of one millisecond, always in the same order. */
export const byTime = (a: Fact, b: Fact): number => a.at - b.at || (a.id < b.id ? -1 : 1);
