import type { Fact } from '../../windows/fact.ts';

/** What the audit tells of one call of a function that reads messages. */
export interface MessageCall {
  readonly requestId: string;
  readonly startedAt?: number | undefined;
  readonly status: string;
  readonly messages: readonly { readonly stream: string; readonly sequenceNumber: string }[];
}

const LEAST_FAILURES = 3;

/** Messages that were part of at least three failed calls and of no call that succeeded: facts for the assessment, at the time of their newest failure. O(messages). */
export function repeatedMessages(calls: Iterable<MessageCall>): Fact[] {
  const seen = new Map<string, { source: string; sequenceNumber: string; failed: MessageCall[]; passed: boolean }>();
  for (const call of calls) {
    if (call.startedAt === undefined) continue;
    for (const { stream, sequenceNumber } of call.messages) {
      const key = `${stream}:${sequenceNumber}`;
      const one = seen.get(key) ?? { source: stream, sequenceNumber, failed: [], passed: false };
      if (call.status === 'success') one.passed = true;
      else if (call.status !== 'unknown') one.failed.push(call);
      seen.set(key, one);
    }
  }
  return [...seen]
    .filter(([, { failed, passed }]) => !passed && failed.length >= LEAST_FAILURES)
    .map(([key, { source, sequenceNumber, failed }]) => {
      const times = failed.map(({ startedAt }) => startedAt ?? 0);
      return {
        kind: 'repeated-message' as const,
        id: `${key}:${failed.length}`,
        at: Math.max(...times),
        source,
        sequenceNumber,
        failures: failed.length,
        requestIds: [...new Set(failed.map(({ requestId }) => requestId))].slice(0, 3),
      };
    });
}
