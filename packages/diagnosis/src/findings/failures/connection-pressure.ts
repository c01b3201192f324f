import type { RankedCause } from '@lamplighter/contracts';
import { type Baseline, LEAST_KNOWN_CALLS, usualShare } from '../../assess/baseline.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { quotedText } from '../../templates/visible-text.ts';
import type { FingerprintObservation, Observation } from '../../windows/observation.ts';
import { suspectFarCalls } from '../latency/far-calls.ts';
import { measureSlowDown, suspectSlowDown, tellSlowDown } from '../latency/slow-down.ts';
import type { SlowDown } from '../latency/slow-middle.ts';
import { calleeOf, momentsOfTraces, tracedDependency } from '../latency/traced-dependency.ts';
import type { Judgement, Rule, Signal } from '../rule.ts';
import { clock, counted, duration, number, percent } from '../words.ts';
import { connectionSegment, isTooMany, pressureOf, THROTTLED, UNREACHED } from './pressure-words.ts';
import { refusingDependency } from './refusing-dependency.ts';

/**
 * Errors that are about connections: told by the words of the fingerprint, counted as in failure-signal.ts. Errors that a call dealt with count as well: a batch
 * that fails in part and an API that answers 503 end well for Lambda. Before the first error calls are slow, and traces say that most of the added time goes by while they
 * wait for a connection, or keep one for nothing: see slow-down.ts.
 */
export const connectionPressure: Rule = {
  class: 'connection-pressure',
  opensAfter: 1,
  judge(judgement) {
    const pressure = pressureIn(judgement);
    return pressure === undefined ? slowByConnections(judgement) : tell(pressure, judgement);
  },
};

function slowByConnections(judgement: Judgement): Signal | undefined {
  const { core, isOpen } = judgement;
  const traced = tracedDependency(judgement);
  const segment = connectionSegment(traced?.name ?? '');
  if (traced === undefined || segment === undefined) return undefined;
  const isSlowOpen =
    isOpen || core.incidents.some((each) => each.class === 'slow-down' && each.resolvedAt === undefined);
  const slow = measureSlowDown(judgement, isSlowOpen) ?? fewByTraces(judgement, traced);
  if (slow === undefined) return undefined;
  const signal = tellSlowDown(slow, judgement);
  const [{ after = 0, before = 0 } = {}] = traced.evidence;
  return {
    ...signal,
    title: `${segment.verb}: ${traced.name}`,
    explanation: `${signal.explanation} ${percent(traced.share ?? 0)} of the added time is ${traced.name}, ${duration(after)} of a call instead of ${duration(before)}. ${segment.meaning} ${WAY_OUT}`,
    evidence: [...signal.evidence, ...traced.evidence],
    causes: [traced],
    cause: `dependency/${calleeOf(traced.name)}`,
  };
}

/** One in three thousand, by the durations alone. */
const LEAST_FAR = 8;
const LEAST_MOMENTS = 2;

/** A few calls of a minute that are far out, and not all at the same moment: of a passing hiccup traces would not tell that it was spent on a connection. */
function fewByTraces(judgement: Judgement, traced: RankedCause): SlowDown | undefined {
  const slow = suspectFarCalls(judgement);
  const isSure = slow !== undefined && slow.surprise >= LEAST_FAR;
  return isSure && momentsOfTraces(judgement, traced) >= LEAST_MOMENTS ? slow : undefined;
}

const WAYS_OUT: Readonly<Partial<Record<string, string>>> = {
  [THROTTLED]: 'More capacity there, fewer calls at once, or retries with longer pauses end it.',
  [UNREACHED]:
    'Look whether what it calls is up, reachable from the network of the function, and has connections left.',
};
const WAY_OUT = 'A pool in front of it, shorter transactions, fewer environments at once, or more capacity end it.';

interface Pressure {
  /** The most frequent of the errors. */
  readonly first: FingerprintObservation;
  readonly failures: number;
  readonly usual: number;
  readonly surprise: number;
}

function pressureIn({ seen, core, isOpen }: Judgement): Pressure | undefined {
  const { fingerprints = [], handled = [] } = seen;
  const known = handled.filter(({ text }) => !isTooMany(text) || isTooManyKnown(core.baseline));
  const told = [...fingerprints, ...known].filter(({ text }) => pressureOf(text) !== undefined);
  const failures = Math.min(seen.calls, sum(told));
  const [first] = told.sort((a, b) => b.count - a.count);
  if (first === undefined || failures * 2 < seen.errors + seen.timeouts + sum(handled)) return undefined;
  const usual = usualIn(core.baseline);
  const surprise = binomialSurprise(failures, seen.calls, usual);
  const isPressed = isOpen ? surprise >= 4 : surprise >= 12 && failures >= 3;
  return isPressed ? { first, failures, usual, surprise } : undefined;
}

function tell({ first, failures, usual, surprise }: Pressure, judgement: Judgement): Signal {
  const { seen, since } = judgement;
  const { callee, meaning } = pressureOf(first.text) ?? { callee: '', meaning: '' };
  const share = failures / seen.calls;
  const ends = endsOf(first, seen);
  const evidence = {
    text: `${number(failures)} of ${counted(seen.calls, 'call')} ${ends.past} ${quotedText(first.text)} in the minute from ${clock(seen.start)}.`,
    metric: 'errors',
    before: usual * 100,
    after: share * 100,
    unit: '%',
    since: seen.start,
    ...(first.requestIds.length > 0 ? { requestIds: [...first.requestIds] } : {}),
  };
  const isThrottled = callee === THROTTLED;
  const traced = tracedIn(judgement, isThrottled);
  const named = traced === undefined ? '' : ` By the traces it is ${traced.name}.`;
  return {
    surprise,
    severity: share >= 0.1 ? 'critical' : 'warning',
    magnitude: share / usual,
    title: `${isThrottled ? 'is throttled by what it calls' : 'cannot get its connections'}: ${percent(share)} of its calls ${ends.title}`,
    explanation: `Since ${clock(since)} ${percent(share)} of the calls ${ends.present} ${quotedText(first.text)}. ${meaning}${named} ${WAYS_OUT[callee] ?? WAY_OUT}`,
    evidence: [evidence, ...(traced?.evidence ?? [])],
    causes: [...(traced === undefined ? [] : [traced]), { kind: 'dependency', name: callee, evidence: [evidence] }],
    ...(traced === undefined ? {} : { cause: `dependency/${calleeOf(traced.name)}` }),
  };
}

/** Who throttles refuses at once; who has no connection lets wait. Where calls take no longer, what traces grew by is chance, and blames nobody. */
function tracedIn(judgement: Judgement, isThrottled: boolean): RankedCause | undefined {
  const slow = looksSlower(judgement) ? tracedDependency(judgement) : undefined;
  const refusing = refusingDependency(judgement);
  return isThrottled ? (refusing ?? slow) : (slow ?? refusing);
}

const looksSlower = (judgement: Judgement): boolean =>
  (measureSlowDown(judgement, judgement.isOpen) ?? suspectSlowDown(judgement) ?? suspectFarCalls(judgement)) !==
  undefined;

const sum = (kinds: readonly FingerprintObservation[]): number => kinds.reduce((total, { count }) => total + count, 0);

/** Whether it is known how many answers 429 a function deals with on any day. */
const isTooManyKnown = ({ tooMany: [, calls] = [0, 0] }: Baseline): boolean => calls >= LEAST_KNOWN_CALLS;

function usualIn(baseline: Baseline): number {
  const { failures, pressed = [0, 0], tooMany = [0, 0] } = baseline;
  const ofTooMany = isTooManyKnown(baseline) ? usualShare(tooMany, 0) : 0;
  return Math.max(usualShare(failures.errors, 0.002), usualShare(pressed, 0.002) + ofTooMany);
}

/** Whether the calls failed with it, or went on. */
const endsOf = (first: FingerprintObservation, { handled = [] }: Observation) =>
  handled.includes(first)
    ? { past: 'met', present: 'meet', title: 'meet it' }
    : { past: 'failed with', present: 'fail with', title: 'fail' };
