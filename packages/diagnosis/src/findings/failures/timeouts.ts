import { timeoutOf } from '../rule.ts';
import { duration } from '../words.ts';
import { failureRule } from './failure-signal.ts';

/** Calls that Lambda stopped because they took as long as the configured timeout. Formula: see failure-signal.ts. */
export const timeouts = failureRule({
  class: 'timeouts',
  kind: 'timeouts',
  verb: 'timed out',
  headline: 'times out',
  meaning:
    'Lambda stops such a call where it stands: its work is half done, its caller gets an error, and the whole wait is billed.',
  floor: 0.0005,
  surprise: 10,
  least: 2,
  ids: ({ seen }) => seen.timedOut,
  refine: (signal, judgement) => {
    const timeoutMs = timeoutOf(judgement);
    if (timeoutMs === undefined) return signal;
    return {
      ...signal,
      explanation: `${signal.explanation} The timeout is ${duration(timeoutMs)}; half of the calls of this minute took ${duration(judgement.seen.p50Ms)} or more.`,
    };
  },
});
