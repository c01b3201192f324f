import type { Rule } from './rule.ts';
import { measureSlowDown, tellSlowDown } from './slow-down.ts';
import { calleeOf, tracedDependency } from './traced-dependency.ts';
import { clock, duration, percent } from './words.ts';

/** Calls are slow, and traces say that most of the added time is spent waiting for one callee. Formula: see slow-down.ts; the share is the root cause's. */
export const dependencySlow: Rule = {
  class: 'dependency-slow',
  opensAfter: 1,
  judge(judgement) {
    const { core, seen, isOpen } = judgement;
    const cause = tracedDependency(judgement);
    if (cause === undefined) return undefined;
    const isSlowOpen =
      isOpen || core.incidents.some((each) => each.class === 'slow-down' && each.resolvedAt === undefined);
    const slow = measureSlowDown(judgement, isSlowOpen);
    if (slow === undefined) return undefined;
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
