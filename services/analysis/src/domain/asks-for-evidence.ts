import type { Finding, FindingClass } from '@lamplighter/contracts';

const MINUTE_MS = 60_000;
/** What became slow, or runs out of time, may wait for somebody. */
const MAY_WAIT: readonly FindingClass[] = [
  'slow-down',
  'timeouts',
  'timeout-risk',
  'connection-pressure',
  'error-burst',
];
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

/** The open finding whose cause traces may tell and which nobody knows yet, the one opened first. */
export const asksForTraces = (findings: readonly Finding[], newest: number): Finding | undefined =>
  findings.find(
    ({ class: type, state, causes, openedAt }) =>
      state === 'open' && MAY_WAIT.includes(type) && causes.length === 0 && newest - openedAt <= PATIENCE_MS,
  );

/** The open finding that one message may have caused. */
export const asksForMessages = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ class: type, state }) => state === 'open' && MAY_BE_A_MESSAGE.includes(type));
