import { calleeOf, momentsOfTraces, surpriseOfTraces, tracedDependency } from '../latency/traced-dependency.ts';
import { type Judgement, type Signal, timeoutOf } from '../rule.ts';
import { duration, percent } from '../words.ts';
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
    const awaited = withAwaited(signal, judgement);
    if (timeoutMs === undefined) return awaited;
    return {
      ...awaited,
      explanation: `${awaited.explanation} The timeout is ${duration(timeoutMs)}; half of the calls of this minute took ${duration(judgement.seen.p50Ms)} or more.`,
    };
  },
});

/** One in a thousand, by the traces alone. */
const LEAST_TRACED = 7;
/** Calls that took far longer than ever, one by one. */
const LEAST_MOMENTS = 2;

/** With what the calls wait for until they are stopped, where traces are sure of it. */
function withAwaited(signal: Signal, judgement: Judgement): Signal {
  const awaited = tracedDependency(judgement);
  if (awaited === undefined) return signal;
  const isSure =
    surpriseOfTraces(judgement, awaited) >= LEAST_TRACED || momentsOfTraces(judgement, awaited) >= LEAST_MOMENTS;
  if (!isSure) return signal;
  return {
    ...signal,
    explanation: `${signal.explanation} ${percent(awaited.share ?? 0)} of the added time is spent waiting for ${awaited.name}.`,
    evidence: [...signal.evidence, ...awaited.evidence],
    causes: [awaited],
    cause: `dependency/${calleeOf(awaited.name)}`,
  };
}
