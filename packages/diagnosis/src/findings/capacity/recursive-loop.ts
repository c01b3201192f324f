import { failuresOf } from '../../windows/observation.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { surgeOf } from '../traffic/traffic-surge.ts';
import { clock, counted, number, percent, times } from '../words.ts';

const LEAST_RATIO = 4;
const BUSY_SHARE = 0.85;

/**
 * A function that calls itself, by way of a queue, a topic or a bucket. Certain where Lambda's recursion guard dropped calls (`RecursiveInvocationsDropped`,
 * after some 16 hops: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html). Otherwise by its mark: many times the traffic, hardly a failure, and every environment busy
 * all the time, since the next call is there when the last one ends. Independent callers leave gaps: by Little's law they would need more environments for so many calls. A backlog that is
 * worked off has the same mark, by an event source mapping or at the limit of the concurrency: there, and where nobody knows of mappings, only the guard tells a loop.
 */
export const recursiveLoop: Rule = {
  class: 'recursive-loop',
  opensAfter: 1,
  judge(judgement) {
    const { seen, core, isOpen } = judgement;
    const dropped = seen.recursionsDropped ?? 0;
    const surge = surgeOf(judgement, isOpen ? 2 : LEAST_RATIO, 16);
    if (dropped > 0)
      return tell(
        judgement,
        40,
        `Lambda itself dropped ${counted(dropped, 'call')} of a chain that went through this function 16 times.`,
        surge?.expected,
      );
    const busy = seen.durationSumMs / (60_000 * Math.max(1, seen.maxConcurrency ?? 0));
    const usualBusy = core.baseline.concurrency > 0 && core.lastConcurrency.length > 0 ? core.baseline.load.recent : 0;
    const isChain = seen.maxConcurrency !== undefined && busy >= BUSY_SHARE && failuresOf(seen) < 0.05 * seen.calls;
    if (surge === undefined || !isChain || usualBusy === 0 || mayBeABacklog(judgement)) return undefined;
    return tell(
      judgement,
      Math.min(surge.surprise, 25),
      `${counted(seen.maxConcurrency ?? 0, 'environment')} are busy ${percent(Math.min(1, busy))} of the time: each call is followed by the next at once, as only calls do that are made by the function itself.`,
      surge.expected,
    );
  },
};

const mayBeABacklog = ({ seen, context: { hasEventSource, concurrencyLimit } }: Judgement): boolean =>
  hasEventSource !== false ||
  (seen.throttles ?? 0) > 0 ||
  (seen.maxConcurrency ?? 0) >= (concurrencyLimit ?? Number.POSITIVE_INFINITY);

function tell(
  { seen, core, since }: Judgement,
  surprise: number,
  why: string,
  expected = core.baseline.load.recent,
): Signal {
  const ratio = seen.calls / Math.max(1, expected);
  return {
    surprise,
    severity: 'critical',
    magnitude: Math.max(1, ratio),
    title: 'calls itself in a loop',
    explanation: `Since ${clock(since)} there are ${counted(seen.calls, 'call')} a minute instead of some ${number(Math.round(expected))} (${times(ratio)}). ${why} It goes on, and costs, until the loop is cut: stop its trigger, or set its reserved concurrency to 0.`,
    evidence: [
      {
        text: why,
        metric: 'invocations',
        before: expected,
        after: seen.calls,
        since: seen.start,
        ...(seen.slowest.length > 0 ? { requestIds: [...seen.slowest] } : {}),
      },
    ],
    causes: [{ kind: 'code', name: 'output that triggers its own input', evidence: [] }],
  };
}
