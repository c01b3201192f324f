import type { Evidence, FindingClass, Severity } from '@lamplighter/contracts';
import { type FailureKind, usualShare } from '../assess/baseline.ts';
import { binomialSurprise } from '../statistics/count-surprise.ts';
import type { Judgement, Rule, Signal } from './rule.ts';
import { clock, counted, number, percent } from './words.ts';

export interface FailureRule {
  readonly class: FindingClass;
  readonly kind: FailureKind;
  /** "timed out": completes "3 of 40 calls …". */
  readonly verb: string;
  /** "times out": begins the title "times out in 8 % of its calls". */
  readonly headline: string;
  /** What the failure means, after the figures. */
  readonly meaning: string;
  /** A class of failure that is rare by nature is never expected more seldom than this. */
  readonly floor: number;
  readonly surprise: number;
  readonly least: number;
  readonly ids: (judgement: Judgement) => readonly string[];
  readonly refine?: (signal: Signal, judgement: Judgement) => Signal;
}

/** Twice in a row so much as by the usual share, and no less than this many times it. */
const LEAST_RATIO = 3;

/**
 * Failures as counts: how unlikely so many failures of the last calls are at the function's own rate (Chernoff's bound of the binomial tail,
 * Hoeffding 1963), so that one of one is no outage and thirty of thirty are. The last calls are this minute's, or some twenty where a minute has fewer.
 */
export function failureRule(rule: FailureRule): Rule {
  return {
    class: rule.class,
    opensAfter: 1,
    judge(judgement) {
      const { seen, core, recent, isOpen } = judgement;
      if (seen[rule.kind] === 0) return undefined;
      const usual = usualShare(core.baseline.failures[rule.kind], rule.floor);
      const [pooledFailures, pooledCalls] = recent.failures[rule.kind];
      const share = seen[rule.kind] / seen.calls;
      const surprise = Math.max(
        binomialSurprise(seen[rule.kind], seen.calls, usual),
        binomialSurprise(pooledFailures, pooledCalls, usual),
      );
      const isMany = seen[rule.kind] >= rule.least || pooledFailures >= rule.least * 0.8;
      if (surprise < (isOpen ? rule.surprise / 3 : rule.surprise) || (!isMany && !isOpen)) return undefined;
      if (Math.max(share, pooledFailures / pooledCalls) < usual * (isOpen ? LEAST_RATIO / 2 : LEAST_RATIO))
        return undefined;
      const signal = tell(rule, judgement, surprise, usual);
      return rule.refine?.(signal, judgement) ?? signal;
    },
  };
}

function tell(rule: FailureRule, judgement: Judgement, surprise: number, usual: number): Signal {
  const { seen, since } = judgement;
  const share = seen[rule.kind] / seen.calls;
  const [events, trials] = judgement.core.baseline.failures[rule.kind];
  const before = trials > 0 ? events / trials : 0;
  const ids = rule.ids(judgement).slice(0, 3);
  const evidence: Evidence = {
    text: `${number(seen[rule.kind])} of ${counted(seen.calls, 'call')} ${rule.verb} in the minute from ${clock(seen.start)}; before that ${trials < 1 ? 'no calls are known' : `${percent(before)} did`}.`,
    metric: rule.kind,
    before: before * 100,
    after: share * 100,
    unit: '%',
    since: seen.start,
    ...(ids.length > 0 ? { requestIds: [...ids] } : {}),
  };
  return {
    surprise,
    severity: severityOf(share, seen.calls),
    magnitude: share / usual,
    title: `${rule.headline} in ${percent(share)} of its calls`,
    explanation: `Since ${clock(since)} ${number(seen[rule.kind])} of ${counted(seen.calls, 'call')} a minute ${rule.verb} (${percent(share)}; usual: ${trials < 1 ? 'not known' : percent(before)}). ${rule.meaning}`,
    evidence: [evidence],
  };
}

const severityOf = (share: number, calls: number): Severity => (share >= 0.1 && calls >= 3 ? 'critical' : 'warning');
