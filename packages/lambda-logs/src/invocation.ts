/** How an invocation ended; `unknown` where no record of it tells. */
export type InvocationStatus = 'success' | 'error' | 'timeout' | 'out-of-memory' | 'init-error' | 'unknown';

/** A message of a stream that an invocation said it processed. */
export interface ProcessedMessage {
  /** Stream name or ARN as logged. */
  readonly stream: string;
  readonly sequenceNumber: string;
}

/** What an attempt's log lines do not tell: each names what was expected and did not arrive. */
export type MissingPart =
  | 'start'
  | 'end'
  | 'report'
  | 'duration'
  | 'billed-duration'
  | 'memory-size'
  | 'max-memory-used';

/** One execution of a request in one execution environment; a retried asynchronous request has several. Absent means not known. */
export interface Attempt {
  readonly requestId: string;
  readonly logStream: string;
  /** 0 for the request's first attempt in this stream, 1 for its retry there, and so on, among the events given. */
  readonly ordinal: number;
  /** Epoch milliseconds: the START record's, else the REPORT's less its duration. */
  readonly startedAt?: number;
  /** Epoch milliseconds of the REPORT (else END) record. */
  readonly endedAt?: number;
  readonly version?: string;
  readonly durationMs?: number;
  readonly billedDurationMs?: number;
  readonly memorySizeMb?: number;
  readonly maxMemoryUsedMb?: number;
  readonly initDurationMs?: number;
  readonly restoreDurationMs?: number;
  readonly billedRestoreDurationMs?: number;
  readonly coldStart: boolean;
  readonly initializationType?: string;
  readonly runtimeVersion?: string;
  readonly status: InvocationStatus;
  readonly errorType?: string;
  readonly errorMessage?: string;
  /** The last error that an attempt which ended well has logged: it was dealt with, and yet something failed. */
  readonly handledError?: { readonly type?: string; readonly message: string };
  readonly traceId?: string;
  readonly segmentId?: string;
  readonly sampled?: boolean;
  readonly messages: readonly ProcessedMessage[];
  /** Events that belong to the attempt and are not platform records: what the application wrote. */
  readonly logLines: number;
  /** How many distinct events this was derived from: of two derivations of one attempt, the one from more events is the newer. */
  readonly eventCount: number;
  readonly missing: readonly MissingPart[];
}
