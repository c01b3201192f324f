import { ANOMALY_THRESHOLD } from '@lamplighter/time-series';
import type { Core } from '../../assess/core.ts';
import type { FunctionContext } from '../../assess/function-context.ts';
import { silenceMsOf } from '../../assess/horizon.ts';
import { expectedCalls } from '../../assess/load.ts';
import { countSurprise } from '../../statistics/count-surprise.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, number, percent } from '../words.ts';

const LEAST_MINUTES = 90;
const LEAST_EXPECTED = 8;
const MOST_SHARE = 0.1;
/** Figures of CloudWatch come up to three minutes late: until then it may be the logs that are missing. */
const SURE_MINUTES = 4;
/** Where calls are few, one silent minute says nothing, but several together do: so many calls are missing, in units of the dispersion. */
const LEAST_MISSING = 12;
const LEAST_EXPECTED_OF_FEW = 1.5;

/**
 * Traffic that stops: at most a tenth of the lowest expectation of the hour, the day and the last quarter of an hour, two minutes in a row, where at
 * least eight calls a minute were expected; four without any call, where CloudWatch has not told that there is none, and while telemetry is missing only with its word. Counts with the function's own dispersion, see count-surprise.ts. A minute without calls has to be told: no window is no news. It ends with calls, or with the silence: of a function that is not called for half an hour nothing more is told.
 */
export const trafficDrop: Rule = {
  class: 'traffic-drop',
  opensAfter: 2,
  judge({ context, seen, core, since, silence, isOpen }) {
    const isSure = seen.calls > 0 || silence.isCounted === true;
    if (isSilenceTold(core, seen, context) || !(isOpen || isJudgeable(core, isSure))) return undefined;
    const { load } = core.baseline;
    const expected = expectedCalls(load, seen.start).least;
    const isKnown = isOpen || isSilent(silence, expected, load.dispersion);
    if (expected < (isKnown ? 1 : LEAST_EXPECTED) || seen.calls > expected * (isOpen ? 0.3 : MOST_SHARE))
      return undefined;
    const surprise = countSurprise(seen.calls, expected, load.dispersion);
    if (surprise < (isKnown ? 1 : 5)) return undefined;
    const share = seen.calls / expected;
    return {
      surprise: 2 * surprise,
      opensAfter: opensAfter(isSure, silence),
      ...saidOf(seen.calls, share),
      magnitude: expected / Math.max(1, seen.calls),
      explanation: `Since ${clock(since)} there are ${number(seen.calls)} calls a minute instead of some ${number(Math.round(expected))}. Nothing here fails: what calls it does not, or cannot.`,
      evidence: [
        {
          text: `Calls fell from ${number(Math.round(expected))} to ${number(seen.calls)} a minute at ${clock(seen.start)}.`,
          metric: 'invocations',
          before: expected,
          after: seen.calls,
          since: seen.start,
        },
      ],
    };
  },
};

const saidOf = (calls: number, share: number): Pick<Signal, 'severity' | 'title'> =>
  calls === 0
    ? { severity: 'critical', title: 'gets no calls any more' }
    : { severity: 'warning', title: `gets ${percent(share)} of its usual traffic` };

const isSilenceTold = ({ calledAt }: Core, { start, calls }: Judgement['seen'], context: FunctionContext): boolean =>
  calls === 0 && calledAt !== null && start - calledAt >= silenceMsOf(context);

/** Minutes: a run of silence that is told late has lasted for long enough already. */
const opensAfter = (isSure: boolean, { minutes }: Judgement['silence']): 2 | 4 =>
  isSure || minutes >= SURE_MINUTES ? 2 : SURE_MINUTES;

/** Known for long enough; and where it is not sure that there are no calls, no telemetry is missing just now or since a while. */
const isJudgeable = ({ minutes, missingMinutes, incidents }: Core, isSure: boolean): boolean =>
  minutes >= LEAST_MINUTES &&
  (isSure ||
    (missingMinutes === 0 && !incidents.some((each) => each.class === 'no-data' && each.resolvedAt === undefined)));

/** A run of silent minutes that is unusual for the function, and long enough that calls are missing. */
function isSilent({ minutes, score }: Judgement['silence'], expected: number, dispersion: number): boolean {
  const missing = (minutes * expected) / dispersion;
  return score >= ANOMALY_THRESHOLD && missing >= LEAST_MISSING && expected >= LEAST_EXPECTED_OF_FEW;
}
