import { type LogEvent, type LogSource, parseLogEvent } from '@lamplighter/lambda-logs';
import { type AttributedAttempt, attributedAttempts } from './attributed-attempt.ts';

/** What a delivery changes in the audit: the attempts that a stream now shows for a request; none at all where it shows them no longer. */
export type Derivation = ReadonlyMap<string, readonly AttributedAttempt[]>;

export interface DeriveInput {
  readonly source: LogSource;
  /** Events of this delivery. */
  readonly delivered: readonly LogEvent[];
  /** Events that lie within the neighbourhood and came by other deliveries. */
  readonly known: readonly LogEvent[];
  /**
   * Derive every request of the neighbourhood and not only what this delivery changed: for a delivery that may have been half done
   * before, whose stale effects nobody else would correct.
   */
  readonly everything: boolean;
}

/**
 * Re-reads a stream's neighbourhood with and without the delivery. Because the whole neighbourhood is read again, the result depends on the
 * set of events that arrived and on nothing else: not on their order, their repetition, or how they were cut into payloads.
 */
export function deriveAttempts(input: DeriveInput): Derivation {
  const all = [...input.known, ...input.delivered];
  const after = byRequest(attributedAttempts(all, input.source));
  const before = input.everything ? new Map() : byRequest(attributedAttempts(input.known, input.source));
  const derivation = new Map<string, readonly AttributedAttempt[]>();
  for (const requestId of new Set([...before.keys(), ...after.keys()])) {
    const now = after.get(requestId) ?? [];
    if (input.everything || !sameAttempts(before.get(requestId) ?? [], now)) derivation.set(requestId, now);
  }
  for (const requestId of claimedRequests(all)) {
    if (!after.has(requestId)) derivation.set(requestId, []);
  }
  return derivation;
}

/** Requests that some line names as START, END or REPORT do, whether the service wrote it or an application. */
function claimedRequests(events: readonly LogEvent[]): Set<string> {
  const claimed = new Set<string>();
  for (const event of events) {
    if (!LIFECYCLE.test(event.message)) continue;
    const record = parseLogEvent(event);
    if (LIFECYCLE_KINDS.has(record.kind) && 'requestId' in record && record.requestId !== undefined) claimed.add(record.requestId);
  }
  return claimed;
}

/** Spares the parser the many lines that claim nothing. */
const LIFECYCLE = /^\s*(?:START |END |REPORT |\{)/;
const LIFECYCLE_KINDS: ReadonlySet<string> = new Set(['start', 'end', 'report', 'runtime-done']);

function byRequest(attempts: readonly AttributedAttempt[]): Map<string, AttributedAttempt[]> {
  const grouped = new Map<string, AttributedAttempt[]>();
  for (const attributed of attempts) {
    const group = grouped.get(attributed.attempt.requestId);
    if (group) group.push(attributed);
    else grouped.set(attributed.attempt.requestId, [attributed]);
  }
  return grouped;
}

function sameAttempts(a: readonly AttributedAttempt[], b: readonly AttributedAttempt[]): boolean {
  return JSON.stringify(a.map(({ attempt }) => attempt)) === JSON.stringify(b.map(({ attempt }) => attempt));
}
