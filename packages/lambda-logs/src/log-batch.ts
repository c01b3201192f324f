/** One event of a log stream as CloudWatch Logs delivers it. */
export interface LogEvent {
  /** CloudWatch's event id: unique in its account and region, and growing with time and arrival. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
  /** What a filter pattern or `emitSystemFields` (`@aws.account`, `@aws.region`) took out of the event. */
  readonly extractedFields?: Readonly<Record<string, string>>;
}

/** Where log events come from. */
export interface LogSource {
  /** Account that owns the log group. */
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
}

/** Events of one log stream, decoded from one subscription payload. */
export interface LogBatch extends LogSource {
  readonly subscriptionFilters: readonly string[];
  /** `ACCOUNT_LEVEL_POLICY` or `LOG_GROUP` when the payload says which subscription sent it. */
  readonly policyLevel?: string;
  readonly events: readonly LogEvent[];
}
