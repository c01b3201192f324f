import { twoProportionSurprise } from '../../statistics/count-surprise.ts';
import { binOf, countAbove, countOf, type Histogram, quantileOf } from '../../statistics/histogram.ts';
import type { Judgement, Signal } from '../rule.ts';
import { clock, duration, times } from '../words.ts';
import { blame } from './blame-version.ts';
import type { Comparison } from './compare-versions.ts';

/** What a comparison of two versions has to be beyond, as a likelihood ratio. */
export const LEAST_SURPRISE = 8;
const LEAST_ADDED_MS = 500;

/**
 * Environments of the new version take twice as long to start, and half a second longer (likelihood ratio as in bad-deploy.ts), and so do those that start after its first minute: the first ones
 * after a deploy load code that is not yet cached, and prove nothing.
 */
export function judgeInits({ version, since, before, after }: Comparison, judgement: Judgement): Signal | undefined {
  const { seen, isOpen } = judgement;
  const started = seen.versions?.find((each) => each.version === version)?.inits ?? [];
  if (countOf(before.inits) === 0 || countOf(started) === 0 || seen.start <= since) return undefined;
  const beforeMs = quantileOf(before.inits, 0.5) ?? 0;
  const nowMs = Math.min(quantileOf(sorted(after.inits), 0.5) ?? 0, seen.initMs);
  const edge = binOf(quantileOf(before.inits, 0.9) ?? 0);
  const above = (inits: Histogram) => ({ events: countAbove(inits, edge), trials: countOf(inits) });
  const surprise = twoProportionSurprise(above(before.inits), above(after.inits));
  const isSlower = nowMs >= 2 * beforeMs && nowMs - beforeMs >= LEAST_ADDED_MS;
  if (!isSlower || surprise < (isOpen ? 4 : LEAST_SURPRISE)) return undefined;
  return {
    surprise,
    severity: 'warning',
    magnitude: nowMs / beforeMs,
    title: `takes ${times(nowMs / beforeMs)} as long to start in version ${version}`,
    explanation: `Environments of version ${version}, first seen at ${clock(since)}, take ${duration(nowMs)} to start; with the version before it was ${duration(beforeMs)}. Each call that starts one waits for it. Going back to the version before ends it.`,
    evidence: [
      {
        text: `The init phase takes ${duration(nowMs)} in version ${version} and took ${duration(beforeMs)} before.`,
        metric: 'init p50 by version',
        before: Math.round(beforeMs),
        after: Math.round(nowMs),
        unit: 'ms',
        since,
      },
    ],
    ...blame({ version, since }),
  };
}

/** What was put together of two histograms, in order. */
export const sorted = (durations: Histogram): Histogram => [...durations].sort(([a], [b]) => a - b);
