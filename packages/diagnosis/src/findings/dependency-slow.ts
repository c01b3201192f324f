import type { Rule } from './rule.ts';
import { measureSlowDown, tellSlowDown } from './slow-down.ts';
import { clock, duration, percent } from './words.ts';

const LEAST_SHARE = 0.4;

/** Calls are slow, and traces say that most of the added time is spent waiting for one callee. Formula: see slow-down.ts; the share is the root cause's. */
export const dependencySlow: Rule = {
  class: 'dependency-slow',
  opensAfter: 1,
  judge(judgement) {
    const { core, recent, seen, facts, isOpen } = judgement;
    const known = [...core.facts, ...facts].filter((fact) => fact.kind === 'dependency');
    const dependency = known.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1))[0];
    if (dependency === undefined || dependency.share < LEAST_SHARE || dependency.afterMs <= dependency.beforeMs)
      return undefined;
    const { durations, medianNoise } = core.baseline;
    const isSlowOpen =
      isOpen || core.incidents.some((each) => each.class === 'slow-down' && each.resolvedAt === undefined);
    const slow = measureSlowDown(durations, recent.durations, medianNoise, isSlowOpen);
    if (slow === undefined || seen.calls === 0) return undefined;
    const signal = tellSlowDown(slow, judgement);
    const evidence = {
      text: `${dependency.name} took ${duration(dependency.afterMs)} instead of ${duration(dependency.beforeMs)}: ${percent(dependency.share)} of the added time.`,
      metric: 'self time',
      before: dependency.beforeMs,
      after: dependency.afterMs,
      unit: 'ms',
      since: dependency.at,
      ...(dependency.traceIds === undefined ? {} : { traceIds: [...dependency.traceIds] }),
    };
    return {
      ...signal,
      title: `waits for ${dependency.name}`,
      explanation: `${signal.explanation} ${percent(dependency.share)} of the added time is spent waiting for ${dependency.name}, which takes ${duration(dependency.afterMs)} instead of ${duration(dependency.beforeMs)} since ${clock(dependency.at)}.`,
      evidence: [...signal.evidence, evidence],
      causes: [
        { kind: 'dependency', name: dependency.name, share: Math.min(1, dependency.share), evidence: [evidence] },
      ],
      cause: `dependency/${dependency.name}`,
    };
  },
};
