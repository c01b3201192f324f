import type { Finding, FindingClass } from '@lamplighter/contracts';
import type { FunctionState } from '@lamplighter/diagnosis';

const MINUTE_MS = 60_000;
/** What became slow, or runs out of time, may wait for somebody. */
const MAY_WAIT: readonly FindingClass[] = [
  'slow-down',
  'timeouts',
  'timeout-risk',
  'connection-pressure',
  'error-burst',
];
/** What tells already that calls are slow. */
const IS_SLOW: readonly FindingClass[] = [
  'slow-down',
  'dependency-slow',
  'connection-pressure',
  'timeouts',
  'bad-deploy',
];
/** Of these, what is told for as long as ten minutes after it ended. */
const MAY_BE_OVER: readonly FindingClass[] = ['slow-down', 'dependency-slow', 'connection-pressure'];
/** What one message may do to a reader of messages. */
const MAY_BE_A_MESSAGE: readonly FindingClass[] = [
  'error-burst',
  'timeouts',
  'out-of-memory',
  'iterator-age',
  'poison-message',
];
/** Traces come later than logs, and a change shows when there are some of them: they are asked for in the first minutes of a finding. */
const PATIENCE_MS = 5 * MINUTE_MS;

/** How far back the requests of before are looked for: what began earlier has no before. */
const BEFORE_MS = 60 * MINUTE_MS;
/** What was told longer ago than this is another trouble than what calls look slow by now. */
const SAME_TROUBLE_MS = 3 * MINUTE_MS;

/** Which requests traces are asked for: those since the onset, and those before. */
export interface AskedTraces {
  readonly onset: number;
  /** When what they tell is told: the onset, or where a function of bursts is slow again, this burst. */
  readonly toldAt: number;
}

/** Since when traces may tell a cause that nobody knows yet: of the finding that was opened first, or of calls that look slow and are not told. */
export function asksForTraces(findings: readonly Finding[], { head, pending }: FunctionState): AskedTraces | undefined {
  const newest = pending.at(-1)?.start ?? 0;
  const unexplained = findings.find((finding) => isUnexplained(finding, newest));
  if (unexplained !== undefined) return { onset: unexplained.openedAt, toldAt: unexplained.openedAt };
  const onset = head.slowSince ?? undefined;
  const toldAt = head.slowAgainAt ?? onset;
  if (onset === undefined || toldAt === undefined || newest - toldAt > PATIENCE_MS) return undefined;
  const isTold = findings.some((finding) => tellsOf(finding, onset));
  return isTold || newest - onset > BEFORE_MS ? undefined : { onset, toldAt };
}

/** A finding that says already what makes calls slow. A slow-down from before they began to look so, open until it was quiet for long enough, is of something else. */
const tellsOf = ({ class: type, state, openedAt }: Finding, onset: number): boolean =>
  state === 'open' && IS_SLOW.includes(type) && !(MAY_BE_OVER.includes(type) && openedAt < onset - SAME_TROUBLE_MS);

const isUnexplained = ({ class: type, state, causes, openedAt }: Finding, newest: number): boolean =>
  state === 'open' &&
  MAY_WAIT.includes(type) &&
  // An error text tells that something refuses, and not who; a change, that it came before: traces tell shares.
  causes.every(({ share }) => share === undefined) &&
  newest - openedAt <= PATIENCE_MS;

/** A reader that fails in so many of its last minutes, however seldom, may try one message again and again: a queue shows it once in a visibility timeout. */
const LAST_MINUTES = 6;
const BAD_MINUTES = 3;

/** Since when one message may have failed again and again: since an open finding, or since the reader keeps failing a little. */
export function asksForMessages(findings: readonly Finding[], { pending }: FunctionState): number | undefined {
  const open = findings.find(({ class: type, state }) => state === 'open' && MAY_BE_A_MESSAGE.includes(type));
  const bad = pending
    .slice(-LAST_MINUTES)
    .filter(({ seen }) => seen !== undefined && !('isMissing' in seen) && seen.errors + seen.timeouts > 0);
  const since = bad.length >= BAD_MINUTES ? bad[0]?.start : undefined;
  return open === undefined ? since : Math.min(open.openedAt, since ?? open.openedAt);
}
