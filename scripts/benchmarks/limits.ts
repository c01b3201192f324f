import type { Figures, Limit } from './benchmark.ts';

/** What the issues ask of each figure. A figure outside its limit fails the command. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {
  ingest: { ratio: { max: 2 } },
};

export function limitsOf(benchmark: string): Readonly<Record<string, Limit>> {
  return LIMITS[benchmark] ?? {};
}

/** Names of the figures that are outside their limit; one that is missing is outside. */
export function findBreaches(figures: Figures, limits: Readonly<Record<string, Limit>>): readonly string[] {
  return Object.entries(limits)
    .filter(([name, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }]) => {
      const figure = figures[name];
      return !(typeof figure === 'number' && figure >= min && figure <= max);
    })
    .map(([name]) => name);
}
