import type { Evidence, FindingClass, Severity } from '@lamplighter/contracts';
import { type FailureKind, usualShare } from '../../assess/baseline.ts';
import { KIND_OF, LEAST_RUN, LEAST_RUN_SURPRISE, runSurprise, wholeRun } from '../../assess/failure-runs.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, counted, number, percent } from '../words.ts';

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
 * Hoeffding 1963), so that one of one is no outage and thirty of thirty are. The last calls are this minute's, or some sixty where a minute has fewer; and, however
 * far apart they are, those since the last one that ended well, of whatever kind: three in a row where failures are rare, nineteen where every second call fails.
 */
export function failureRule(rule: FailureRule): Rule {
  return {
    class: rule.class,
    opensAfter: 1,
    judge(judgement) {
      if (judgement.seen[rule.kind] === 0 || isOfOtherRun(rule, judgement)) return undefined;
      const usual = usualShare(judgement.core.baseline.failures[rule.kind], rule.floor);
      const surprise = Math.max(ofCounts(rule, judgement, usual), ofRun(rule, judgement));
      if (surprise === 0) return undefined;
      const signal = tell(rule, judgement, surprise, usual);
      return rule.refine?.(signal, judgement) ?? signal;
    },
  };
}

/** Of the failures of this minute, or of the last calls, whichever is more unlikely; 0 where they are few, usual, or not far above the usual. */
function ofCounts(rule: FailureRule, { seen, recent, isOpen }: Judgement, usual: number): number {
  const failed = seen[rule.kind];
  const [pooledFailures, pooledCalls] = recent.failures[rule.kind];
  const surprise = Math.max(
    binomialSurprise(failed, seen.calls, usual),
    binomialSurprise(pooledFailures, pooledCalls, usual),
  );
  const least = isOpen
    ? { surprise: rule.surprise / 3, failures: 0, ratio: LEAST_RATIO / 2 }
    : { surprise: rule.surprise, failures: rule.least, ratio: LEAST_RATIO };
  const isMany = failed >= least.failures || pooledFailures >= least.failures * 0.8;
  const isFar = Math.max(failed / seen.calls, pooledFailures / pooledCalls) >= usual * least.ratio;
  return surprise >= least.surprise && isMany && isFar ? surprise : 0;
}

/** Whether few calls fail in another way than those before them, and that is told: it is one run, with no call that ended well. */
function isOfOtherRun({ class: type }: FailureRule, { seen, recent, core, isOpen }: Judgement): boolean {
  if (isOpen || seen.calls >= LEAST_RUN) return false;
  return core.incidents.some((each) => {
    const kind = KIND_OF[each.class];
    return each.class !== type && each.resolvedAt === undefined && kind !== undefined && !!recent.runs?.[kind];
  });
}

/** Of the failures since the last call that ended well; 0 where they may be chance. */
function ofRun({ floor }: FailureRule, { recent }: Judgement): number {
  const run = wholeRun(recent.runs);
  const surprise = run === undefined ? 0 : runSurprise(run, floor);
  return surprise >= LEAST_RUN_SURPRISE ? surprise : 0;
}

function tell(rule: FailureRule, judgement: Judgement, surprise: number, usual: number): Signal {
  const { seen, since, recent, core } = judgement;
  const share = seen[rule.kind] / seen.calls;
  const run = wholeRun(recent.runs);
  const [events, trials] = recent.runs?.[rule.kind]?.before ?? core.baseline.failures[rule.kind];
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
    severity: severityOf(share, Math.max(seen.calls, run?.requests ?? 0)),
    magnitude: share / usual,
    title: `${rule.headline} in ${percent(share)} of its calls`,
    explanation: `Since ${clock(since)} ${number(seen[rule.kind])} of ${counted(seen.calls, 'call')} a minute ${rule.verb} (${percent(share)}; usual: ${trials < 1 ? 'not known' : percent(before)}).${inARow(judgement, rule)} ${rule.meaning}`,
    evidence: [evidence],
  };
}

/** Where a minute has few calls, what those before it were like says more. */
function inARow({ recent, seen }: Judgement, { kind, verb }: FailureRule): string {
  const run = wholeRun(recent.runs);
  if (run === undefined || run.requests < LEAST_RUN || seen.calls >= LEAST_RUN) return '';
  const alike = recent.runs?.[kind]?.requests ?? 0;
  const all = alike === run.requests ? verb : `failed (${number(alike)} ${verb})`;
  return ` The last ${number(run.requests)} requests all ${all}, the first of them on ${new Date(run.since).toISOString().slice(0, 10)} at ${clock(run.since)}.`;
}

const severityOf = (share: number, calls: number): Severity => (share >= 0.1 && calls >= 3 ? 'critical' : 'warning');
