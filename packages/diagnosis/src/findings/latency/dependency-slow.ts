import type { RankedCause } from '@lamplighter/contracts';
import type { Judgement, Rule } from '../rule.ts';
import { clock, duration, percent } from '../words.ts';
import { LEAST_SURPRISE, measureSlowDown, suspectSlowDown, tellSlowDown } from './slow-down.ts';
import type { SlowDown } from './slow-middle.ts';
import { calleeOf, surpriseOfTraces, tracedDependency } from './traced-dependency.ts';

/** One in a thousand, by the traces alone. */
const LEAST_TRACED = 7;

/**
 * Calls are slow, and traces say that most of the added time is spent waiting for one callee. Formula: see slow-down.ts; the share is the root cause's. What durations only let suspect
 * is told where traces are sure that the callee takes a larger part of them than before, twice.
 */
export const dependencySlow: Rule = {
  class: 'dependency-slow',
  opensAfter: 1,
  judge(judgement) {
    const { core, seen, isOpen } = judgement;
    const cause = tracedDependency(judgement);
    if (cause === undefined) return undefined;
    const isSlowOpen =
      isOpen || core.incidents.some((each) => each.class === 'slow-down' && each.resolvedAt === undefined);
    const slow = measureSlowDown(judgement, isSlowOpen) ?? slowByTraces(judgement, cause);
    if (slow === undefined || !isOfItsSize(slow, cause)) return undefined;
    const signal = tellSlowDown(slow, judgement);
    const [{ since = seen.start, after = 0, before = 0 } = {}] = cause.evidence;
    return {
      ...signal,
      title: `waits for ${cause.name}`,
      explanation: `${signal.explanation} ${percent(cause.share ?? 0)} of the added time is spent waiting for ${cause.name}, which takes ${duration(after)} instead of ${duration(before)} since ${clock(since)}.`,
      evidence: [...signal.evidence, ...cause.evidence],
      causes: [cause],
      cause: `dependency/${calleeOf(cause.name)}`,
    };
  },
};

/** Of what half of the calls take longer the callee has to take a fifth longer: traces of another moment have their own chance growth, and their own share of that. */
const LEAST_GROWTH = 0.2;

function isOfItsSize({ quantile, beforeMs, afterMs }: SlowDown, { evidence }: RankedCause): boolean {
  const grownMs = evidence.reduce((sum, { before = 0, after = 0 }) => sum + after - before, 0);
  return quantile !== 'median' || grownMs >= LEAST_GROWTH * (afterMs - beforeMs);
}

function slowByTraces(judgement: Judgement, cause: RankedCause): SlowDown | undefined {
  const slow = suspectSlowDown(judgement);
  const traced = surpriseOfTraces(judgement, cause);
  if (slow === undefined || traced < LEAST_TRACED || slow.surprise + traced < LEAST_SURPRISE) return undefined;
  return { ...slow, surprise: slow.surprise + traced };
}
