import { usualShare } from '../../assess/baseline.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { failuresOf } from '../../windows/observation.ts';
import type { Rule } from '../rule.ts';
import { surgeOf } from '../traffic/traffic-surge.ts';
import { clock, counted, number, percent, times } from '../words.ts';

const LEAST_RATIO = 2;
const LEAST_SHARE = 0.3;
/** Callers in a row that each try again make more of it than one alone. */
const MOST_BEYOND = 2;

/**
 * Failures that make more calls, that fail: at least three calls in ten fail, far more than usual (see failure-signal.ts), while traffic is well
 * above what was expected (see traffic-surge.ts). An asynchronous call is tried three times in all, so traffic of failing calls grows up to threefold by Lambda's own
 * retries (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html), and without bound by a client's. Who tries until it ends well makes 1 / (1 - share) calls of
 * one: what is far beyond that are more callers, and no retries.
 */
export const retryStorm: Rule = {
  class: 'retry-storm',
  opensAfter: 1,
  judge(judgement) {
    const { seen, core, since, isOpen } = judgement;
    const failures = failuresOf(seen);
    const share = seen.calls === 0 ? 0 : failures / seen.calls;
    if (share < LEAST_SHARE || failures < 10) return undefined;
    const usual = usualShare(core.baseline.failures.errors, 0.002);
    const surge = surgeOf(judgement, isOpen ? 1.2 : LEAST_RATIO, isOpen ? 2 : 8);
    const surprise = binomialSurprise(failures, seen.calls, usual);
    if (surge === undefined || surprise < 14 || surge.ratio > MOST_BEYOND / (1 - share)) return undefined;
    return {
      surprise: Math.min(surprise, surge.surprise),
      severity: 'critical',
      magnitude: surge.ratio,
      title: `is called ${times(surge.ratio)} as often as usual by retries of calls that fail`,
      explanation: `Since ${clock(since)} ${percent(share)} of the calls fail, and there are ${counted(seen.calls, 'call')} a minute instead of some ${number(Math.round(surge.expected))}: what fails is tried again, and fails again. Retries with growing pauses and a limit, or no retries for now, let it recover.`,
      evidence: [
        {
          text: `Calls rose from ${number(Math.round(surge.expected))} to ${number(seen.calls)} a minute while ${percent(share)} of them failed.`,
          metric: 'invocations',
          before: surge.expected,
          after: seen.calls,
          since: seen.start,
          ...requestsOf(seen.fingerprints?.flatMap((each) => each.requestIds) ?? []),
        },
      ],
      causes: [{ kind: 'load', name: 'retries', evidence: [] }],
    };
  },
};

const requestsOf = (ids: readonly string[]): { requestIds?: string[] } =>
  ids.length > 0 ? { requestIds: ids.slice(0, 3) } : {};
