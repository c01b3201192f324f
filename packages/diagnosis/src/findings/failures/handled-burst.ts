import { LEAST_KNOWN_CALLS, usualShare } from '../../assess/baseline.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { quotedText } from '../../templates/visible-text.ts';
import { handledCalls } from '../../windows/observation.ts';
import type { Judgement, Signal } from '../rule.ts';
import { clock, counted, number, percent } from '../words.ts';
import { causesOfErrors } from './causes-of-errors.ts';
import { pressureOf } from './pressure-words.ts';

const LEAST_SHARE = 0.2;
const LEAST_RATIO = 5;
const LEAST_COUNT = 8;
const LEAST_SURPRISE = 20;
/** Of the calls: what half of them meet is an outage, whatever Lambda calls it. */
const MOST_CALLS = 0.5;

/**
 * Calls that end well for Lambda and log an error of their own: an API that answers 500 by itself, a batch that fails in part. Of this minute's calls, or of the last sixty, a fifth, and five times the usual share, by Chernoff's bound (failure-signal.ts),
 * two minutes in a row: many functions log as an error what is none. Errors about connections and refusals are connection-pressure.ts', from fewer of them.
 */
export function handledBurst(judgement: Judgement): Signal | undefined {
  const { seen, core, recent, since, isOpen } = judgement;
  const [first] = seen.handled ?? [];
  const known = core.baseline.handled ?? [0, 0];
  if (first === undefined || pressureOf(first.text) !== undefined || known[1] < LEAST_KNOWN_CALLS) return undefined;
  const usual = usualShare(known, 0.01);
  const [most] = [[handledCalls(seen), seen.calls] as const, recent.handled ?? [0, 0]]
    .map(([events, trials]) => ({ events, trials, surprise: binomialSurprise(events, trials, usual) }))
    .sort((a, b) => b.surprise - a.surprise);
  const { events, trials, surprise } = most!;
  const share = events / trials;
  const least = isOpen ? 0.5 : 1;
  if (share < least * Math.max(LEAST_SHARE, LEAST_RATIO * usual)) return undefined;
  if (surprise < least * LEAST_SURPRISE || events < least * LEAST_COUNT) return undefined;
  const { because, ...causes } = causesOfErrors(first, judgement);
  const before = known[0] / known[1];
  const now = handledCalls(seen);
  return {
    surprise,
    opensAfter: 2,
    isDealtWith: true,
    severity: share >= MOST_CALLS ? 'critical' : 'warning',
    magnitude: share / usual,
    title: `logs errors in ${percent(share)} of its calls, and goes on`,
    explanation: `Since ${clock(since)} ${percent(share)} of the calls log an error and end well for Lambda (usual: ${percent(before)}): what they answer may be a failure all the same, or a part of their batch. Most of them say ${quotedText(first.text)}.${because}`,
    evidence: [
      {
        text: `${number(now)} of ${counted(seen.calls, 'call')} logged an error and ended well in the minute from ${clock(seen.start)}; before that ${percent(before)} did.`,
        metric: 'handled errors',
        before: before * 100,
        after: (now / seen.calls) * 100,
        unit: '%',
        since: seen.start,
        ...(first.requestIds.length > 0 ? { requestIds: [...first.requestIds] } : {}),
      },
      ...(seen.handled ?? []).slice(0, 3).map((kind) => ({
        text: `${number(kind.count)} times ${quotedText(kind.text)}, dealt with.`,
        metric: 'handled errors by fingerprint',
        after: kind.count,
        since: seen.start,
        ...(kind.requestIds.length > 0 ? { requestIds: [...kind.requestIds] } : {}),
      })),
    ],
    ...causes,
  };
}
