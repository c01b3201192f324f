/** Why a whole payload was set aside. */
export type RejectReason =
  | 'empty-payload'
  | 'bad-base64'
  | 'unknown-encoding'
  | 'kpl-aggregated'
  | 'bad-gzip'
  | 'truncated-gzip'
  | 'inflated-too-large'
  | 'bad-utf8'
  | 'bad-json'
  | 'json-too-complex'
  | 'not-an-object'
  | 'unknown-message-type'
  | 'bad-owner'
  | 'bad-log-group'
  | 'bad-log-stream'
  | 'bad-subscription-filters'
  | 'bad-policy-level'
  | 'bad-log-events';

/** Why one event was set aside while its neighbours were kept. */
export type EventRejectReason = 'event-not-an-object' | 'bad-event-id' | 'bad-event-timestamp' | 'bad-event-message';

/** A payload that is not what CloudWatch Logs sends; `detail` says what was found, in one line. */
export interface RejectedPayload {
  readonly kind: 'rejected';
  readonly reason: RejectReason;
  readonly detail: string;
}

/** A log event that could not be kept, and why. */
export interface RejectedEvent {
  /** Position in the payload's `logEvents`. */
  readonly index: number;
  readonly reason: EventRejectReason;
}

export const rejected = (reason: RejectReason, detail: string): RejectedPayload => ({
  kind: 'rejected',
  reason,
  detail,
});
