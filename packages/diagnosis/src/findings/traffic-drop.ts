import { ANOMALY_THRESHOLD } from '@lamplighter/time-series';
import { expectedCalls } from '../assess/load.ts';
import { countSurprise } from '../statistics/count-surprise.ts';
import type { Judgement, Rule } from './rule.ts';
import { clock, number, percent } from './words.ts';

const LEAST_MINUTES = 90;
const LEAST_EXPECTED = 8;
const MOST_SHARE = 0.1;
/** Where calls are few, one silent minute says nothing, but several together do: so many calls are missing, in units of the dispersion. */
const LEAST_MISSING = 12;
const LEAST_EXPECTED_OF_FEW = 1.5;

/**
 * Traffic that stops: at most a tenth of the lowest expectation of the hour, the day and the last quarter of an hour, two minutes in a row, where at
 * least eight calls a minute were expected. Counts with the function's own dispersion, see count-surprise.ts. A minute without calls has to be told: no window is no news.
 */
export const trafficDrop: Rule = {
  class: 'traffic-drop',
  opensAfter: 2,
  judge({ seen, core, since, silence, isOpen }) {
    if (core.minutes < LEAST_MINUTES && !isOpen) return undefined;
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
      severity: seen.calls === 0 ? 'critical' : 'warning',
      magnitude: expected / Math.max(1, seen.calls),
      title: seen.calls === 0 ? 'gets no calls any more' : `gets ${percent(share)} of its usual traffic`,
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

/** A run of silent minutes that is unusual for the function, and long enough that calls are missing. */
function isSilent({ minutes, score }: Judgement['silence'], expected: number, dispersion: number): boolean {
  const missing = (minutes * expected) / dispersion;
  return score >= ANOMALY_THRESHOLD && missing >= LEAST_MISSING && expected >= LEAST_EXPECTED_OF_FEW;
}
