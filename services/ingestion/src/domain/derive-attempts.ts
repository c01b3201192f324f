import { type LogEvent, type LogSource, type ProcessedMessage, parsePlatformRecord } from '@lamplighter/lambda-logs';
import { type AttributedAttempt, attributedAttempts } from './attributed-attempt.ts';

/** What a stream now shows of one request. */
export interface ShownRequest {
  /** None where the stream shows the request no longer. */
  readonly attempts: readonly AttributedAttempt[];
  /** Messages that it showed for the request before this delivery; absent where only the table can tell what was written before. */
  readonly formerMessages?: readonly ProcessedMessage[];
}

/** What a delivery changes in the audit, by request ID. */
export type Derivation = ReadonlyMap<string, ShownRequest>;

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
  /** What earlier rounds of this delivery wrote, not knowing what is known now. */
  readonly written: Derivation;
}

/**
 * Re-reads a stream's neighbourhood with and without the delivery. Because the whole neighbourhood is read again, the result depends on the
 * set of events that arrived and on nothing else: not on their order, their repetition, or how they were cut into payloads.
 */
export function deriveAttempts(input: DeriveInput): Derivation {
  const all = [...input.known, ...input.delivered];
  const after = byRequest(attributedAttempts(all, input.source));
  const wanted = input.everything
    ? everyRequest(all, after)
    : changedRequests(byRequest(attributedAttempts(input.known, input.source)), after);
  return lessWritten(wanted, after, input.written);
}

/** Leaves out what an earlier round wrote just so, and takes up what an earlier round wrote otherwise. */
function lessWritten(wanted: Derivation, after: Attributed, written: Derivation): Derivation {
  const rest = new Map([...wanted].filter(([requestId]) => !written.has(requestId)));
  for (const [requestId, before] of written) {
    const attempts = after.get(requestId) ?? [];
    if (sameAttempts(before.attempts, attempts)) continue;
    rest.set(requestId, { attempts, formerMessages: before.attempts.flatMap(({ attempt }) => attempt.messages) });
  }
  return rest;
}

type Attributed = ReadonlyMap<string, readonly AttributedAttempt[]>;

function changedRequests(before: Attributed, after: Attributed): Derivation {
  const changed = new Map<string, ShownRequest>();
  for (const requestId of new Set([...before.keys(), ...after.keys()])) {
    const former = before.get(requestId) ?? [];
    const attempts = after.get(requestId) ?? [];
    if (sameAttempts(former, attempts)) continue;
    changed.set(requestId, { attempts, formerMessages: former.flatMap(({ attempt }) => attempt.messages) });
  }
  return changed;
}

/** Also the requests that a START, END or REPORT names and no attempt bears out: an earlier, half-informed derivation may have believed it. */
function everyRequest(events: readonly LogEvent[], after: Attributed): Derivation {
  const named = events.map(({ message }) => lifecycleIdIn(message)).filter((id) => id !== undefined);
  const requestIds = new Set([...after.keys(), ...named]);
  return new Map([...requestIds].map((requestId) => [requestId, { attempts: after.get(requestId) ?? [] }]));
}

function lifecycleIdIn(message: string): string | undefined {
  const record = parsePlatformRecord(message);
  return record?.kind === 'start' || record?.kind === 'end' || record?.kind === 'report' ? record.requestId : undefined;
}

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
