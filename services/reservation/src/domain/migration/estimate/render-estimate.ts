import type { MigrationEstimate } from './estimate-migration.ts';

/** An estimate as lines of text. */
export function renderEstimate({ steps, hours, usd, comparisons }: MigrationEstimate): string {
  const lines = steps.flatMap(({ step, seconds, usd: costs }) => [
    `${step.padEnd(14)}${duration(seconds).padStart(10)}${money(sum(Object.values(costs))).padStart(12)}`,
    ...Object.entries(costs).map(([what, cost]) => `  ${what.padEnd(22)}${money(cost).padStart(12)}`),
  ]);
  const others = comparisons.map(
    (other) =>
      `${other.way.padEnd(56)}${duration(other.hours * 3_600).padStart(10)}${(other.usd === undefined ? 'no price' : money(other.usd)).padStart(12)}`,
  );
  return [
    ...lines,
    `${'in all'.padEnd(14)}${duration(hours * 3_600).padStart(10)}${money(usd).padStart(12)}`,
    '',
    'Compared with',
    ...others,
  ].join('\n');
}

const sum = (costs: readonly number[]): number => costs.reduce((total, cost) => total + cost, 0);
const money = (usd: number): string => `$${usd.toFixed(2)}`;

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  if (seconds < 3_600) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 48 * 3_600 ? `${(seconds / 3_600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(0)} days`;
}
