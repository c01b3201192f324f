import type { EventRejectReason, RejectReason } from '@lamplighter/lambda-logs';

/** One log event as the input tells it; `id` is CloudWatch's where the input has one. */
export interface ReplayEvent {
  readonly id?: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** Events of one log stream, oldest first. */
export interface ReplaySource {
  /** Account that owns the log group, where the input says it. */
  readonly owner?: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly events: readonly ReplayEvent[];
}

/** Input that did not become an event, and why. */
export interface Rejection {
  readonly reason: RejectionReason;
  /** Lines, records or payloads. */
  readonly count: number;
  readonly file: string;
  /** The first of them, told in a few words. */
  readonly detail: string;
}

export type RejectionReason =
  /** Written by CloudWatch Logs to test a subscription; carries no log. */
  | 'control-message'
  /** A line of an export part whose first line belongs to an earlier part that is not there. */
  | 'continuation-without-event'
  /** Beyond CloudWatch's 1 MiB an event. */
  | 'event-too-large'
  /** Table rules, column heads, the terminal's `^C`. */
  | 'not-a-log-line'
  /** A line of an NDJSON file that is not JSON. */
  | 'unreadable-json'
  /** JSON or CSV of a shape that carries no log event. */
  | 'unknown-shape'
  | 'unreadable-time'
  /** A file of a directory in which nothing comes from Lambda. */
  | 'not-lambda-logs'
  /** A log group that ingestion refuses to subscribe: its own would feed itself. */
  | 'not-subscribed'
  /** A subscription payload that its decoder refuses, or one event of it. */
  | RejectReason
  | EventRejectReason;

export interface ReplayInput {
  readonly sources: readonly ReplaySource[];
  readonly rejected: readonly Rejection[];
  /** What was left out on purpose or assumed, for the user to read. */
  readonly notes: readonly string[];
  /** Events that several inputs held and that are replayed once. */
  readonly repeated: number;
}
