import type { Finding } from '@lamplighter/contracts';

const MINUTE_MS = 60_000;

/**
 * What more memory is worth against a leak, as a sentence: it only takes longer until it is used up. By the pace from the finding's first figure to its
 * newest one; without a pace, no more than that. Nothing where the finding is no leak.
 */
export function timeGained(finding: Pick<Finding, 'class' | 'evidence' | 'updatedAt'>, moreMb: number): string[] {
  if (finding.class !== 'memory-leak') return [];
  const mbPerMinute = paceOf(finding);
  if (mbPerMinute === undefined) return ['That ends no leak, it gains time.'];
  return [
    `That ends no leak: at the pace of the finding, ${mbPerMinute.toFixed(1)} MB a minute, the ${moreMb} MB more gain ${duration(moreMb / mbPerMinute)}.`,
  ];
}

function paceOf({ evidence, updatedAt }: Pick<Finding, 'evidence' | 'updatedAt'>): number | undefined {
  const grew = evidence.find(({ metric, unit }) => metric === 'memory used' && unit === 'MB');
  const { before, after, since } = grew ?? {};
  if (before === undefined || after === undefined || since === undefined) return undefined;
  return after > before && updatedAt > since ? (after - before) / ((updatedAt - since) / MINUTE_MS) : undefined;
}

const duration = (minutes: number): string =>
  minutes < 120 ? `${Math.round(minutes)} minutes` : `${(minutes / 60).toFixed(1)} hours`;
