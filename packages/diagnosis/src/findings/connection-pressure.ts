import { usualShare } from '../assess/baseline.ts';
import { binomialSurprise } from '../statistics/count-surprise.ts';
import { quotedText } from '../templates/visible-text.ts';
import type { FingerprintObservation } from '../windows/observation.ts';
import type { Rule } from './rule.ts';
import { tracedDependency } from './traced-dependency.ts';
import { clock, counted, number, percent } from './words.ts';

const THROTTLED = 'throttled service';

/**
 * What a database or service says when it has no connection left, or is waking up. PostgreSQL 53300 and 53400, MySQL 1040, RDS Data API
 * DatabaseResumingException, RDS Proxy's borrow timeout, throttled callees, and Node's socket errors.
 */
const PRESSURE: readonly (readonly [pattern: RegExp, callee: string, meaning: string])[] = [
  [/DatabaseResuming|resuming after being auto-?paused/i, 'database', 'The database is waking up from its pause.'],
  [
    /too many (connections|clients)|remaining connection slots|\b1040\b|\b53300\b|max_connections/i,
    'database',
    'The database has no connection left.',
  ],
  [
    /timed?[ -]?out (waiting|acquiring|trying to borrow)|pool (is )?(exhausted|timeout)|connection pool/i,
    'connection pool',
    'Calls wait for a connection of a pool that is empty.',
  ],
  [
    /TooManyRequestsException|ThrottlingException|ProvisionedThroughputExceeded|Rate exceeded|SlowDown/i,
    THROTTLED,
    'A service that it calls refuses calls that are too many.',
  ],
  [/ECONNREFUSED|ECONNRESET|ETIMEDOUT|EMFILE|socket hang up/, 'connections', 'Connections are refused or break.'],
];

export function pressureOf(text: string): { readonly callee: string; readonly meaning: string } | undefined {
  const found = PRESSURE.find(([pattern]) => pattern.test(text));
  return found === undefined ? undefined : { callee: found[1], meaning: found[2] };
}

/** Errors that are about connections: told by the words of the fingerprint, counted as in failure-signal.ts. */
export const connectionPressure: Rule = {
  class: 'connection-pressure',
  opensAfter: 1,
  judge(judgement) {
    const { seen, core, since, isOpen } = judgement;
    const told = (seen.fingerprints ?? []).filter(({ text }) => pressureOf(text) !== undefined);
    const failures = told.reduce((sum, { count }) => sum + count, 0);
    if (failures === 0 || failures * 2 < seen.errors + seen.timeouts) return undefined;
    const usual = usualShare(core.baseline.failures.errors, 0.002);
    const surprise = binomialSurprise(Math.min(failures, seen.calls), seen.calls, usual);
    if (surprise < (isOpen ? 4 : 12) || (failures < 3 && !isOpen)) return undefined;
    const [first] = told as [FingerprintObservation];
    const { callee, meaning } = pressureOf(first.text) ?? { callee: '', meaning: '' };
    const share = failures / seen.calls;
    const evidence = {
      text: `${number(failures)} of ${counted(seen.calls, 'call')} failed with ${quotedText(first.text)} in the minute from ${clock(seen.start)}.`,
      metric: 'errors',
      before: usual * 100,
      after: share * 100,
      unit: '%',
      since: seen.start,
      ...(first.requestIds.length > 0 ? { requestIds: [...first.requestIds] } : {}),
    };
    const traced = tracedDependency(judgement);
    const isThrottled = callee === THROTTLED;
    return {
      surprise,
      severity: share >= 0.1 ? 'critical' : 'warning',
      magnitude: share / usual,
      title: `${isThrottled ? 'is throttled by what it calls' : 'cannot get its connections'}: ${percent(share)} of its calls fail`,
      explanation: `Since ${clock(since)} ${percent(share)} of the calls fail with ${quotedText(first.text)}. ${meaning} ${isThrottled ? 'More capacity there, fewer calls at once, or retries with longer pauses end it.' : 'A pool in front of it, fewer environments at once, or more capacity end it.'}`,
      evidence: [evidence, ...(traced?.evidence ?? [])],
      causes: [...(traced === undefined ? [] : [traced]), { kind: 'dependency', name: callee, evidence: [evidence] }],
      ...(traced === undefined ? {} : { cause: `dependency/${traced.name}` }),
    };
  },
};
