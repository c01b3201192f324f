import type { ProcessedMessage } from '../invocation.ts';

/** Lambda writes its own records as text lines (the default) or as JSON objects (`LogFormat: JSON`, and always for Managed Instances). */
export type LogFormat = 'text' | 'json';

/** X-Ray trace header of an invocation, taken apart. */
export interface TraceContext {
  readonly traceId?: string;
  readonly segmentId?: string;
  readonly sampled?: boolean;
}

/** A phase of a platform event, e.g. `responseLatency`; `startedAt` in epoch milliseconds. */
export interface PlatformSpan {
  readonly name: string;
  readonly startedAt?: number;
  readonly durationMs?: number;
}

/** Figures of a REPORT: milliseconds and MB. Absent means the record did not carry it. */
export interface ReportFigures {
  readonly durationMs?: number;
  readonly billedDurationMs?: number;
  readonly memorySizeMb?: number;
  readonly maxMemoryUsedMb?: number;
  readonly initDurationMs?: number;
  readonly restoreDurationMs?: number;
  readonly billedRestoreDurationMs?: number;
}

/** What JSON events say besides their record: the event's own time, epoch milliseconds. */
interface FromPlatform {
  readonly format: LogFormat;
  readonly time?: number;
}

export interface StartRecord extends FromPlatform, TraceContext {
  readonly kind: 'start';
  readonly requestId: string;
  readonly version?: string;
  readonly functionArn?: string;
}
export interface EndRecord extends FromPlatform {
  readonly kind: 'end';
  readonly requestId: string;
  readonly version?: string;
}
/** The end of an invocation, with its figures: `REPORT RequestId: …`, or `platform.report`. */
export interface ReportRecord extends FromPlatform, TraceContext, ReportFigures {
  readonly kind: 'report';
  /** Absent only in JSON look-alikes: a real report names its request. */
  readonly requestId?: string;
  readonly status?: string;
  readonly errorType?: string;
  readonly spans?: readonly PlatformSpan[];
}
export interface RuntimeDoneRecord extends FromPlatform, TraceContext {
  readonly kind: 'runtime-done';
  readonly requestId?: string;
  readonly status?: string;
  readonly errorType?: string;
  readonly durationMs?: number;
  readonly producedBytes?: number;
  readonly spans?: readonly PlatformSpan[];
  /** The record where it was a plain sentence. */
  readonly text?: string;
}
export interface InitStartRecord extends FromPlatform, TraceContext {
  readonly kind: 'init-start' | 'restore-start';
  readonly runtimeVersion?: string;
  readonly runtimeVersionArn?: string;
  readonly functionName?: string;
  readonly functionVersion?: string;
  readonly initializationType?: string;
  readonly phase?: string;
  readonly instanceId?: string;
  /** As written: bytes in new records, MB in old ones. */
  readonly instanceMaxMemory?: number;
  readonly requestId?: string;
}
export interface InitDoneRecord extends FromPlatform {
  readonly kind: 'init-runtime-done' | 'init-report' | 'restore-runtime-done' | 'restore-report';
  readonly initializationType?: string;
  readonly phase?: string;
  readonly status?: string;
  readonly errorType?: string;
  readonly durationMs?: number;
  readonly spans?: readonly PlatformSpan[];
}
export interface ExtensionRecord extends FromPlatform {
  readonly kind: 'extension';
  readonly name: string;
  readonly state: string;
  readonly events: readonly string[];
  readonly errorType?: string;
}
export interface SubscriptionRecord extends FromPlatform {
  readonly kind: 'subscription';
  /** Which API the extension subscribed to. */
  readonly api: 'logs' | 'telemetry';
  readonly name: string;
  readonly state: string;
  readonly types: readonly string[];
}
export interface LogsDroppedRecord extends FromPlatform {
  readonly kind: 'logs-dropped';
  readonly reason?: string;
  readonly droppedRecords?: number;
  readonly droppedBytes?: number;
}
export interface FaultRecord extends FromPlatform {
  readonly kind: 'fault';
  readonly text: string;
  readonly requestId?: string;
  readonly status?: string;
  readonly errorType?: string;
}
export interface TimeoutRecord extends FromPlatform {
  readonly kind: 'timeout';
  readonly requestId: string;
  readonly afterSeconds: number;
}
/** The runtime process ended before it answered, could not be started, or an extension died. */
export interface ExitRecord extends FromPlatform {
  readonly kind: 'exit';
  readonly requestId?: string;
  /** The sentence after `Error: `, e.g. `Runtime exited with error: signal: killed`, `fork/exec /var/task/bootstrap: no such file or directory`. */
  readonly text: string;
  readonly isKilled: boolean;
  readonly errorType?: string;
}
/** The trace line of a REPORT where a copy has torn the two apart. */
export interface XrayRecord extends FromPlatform, TraceContext {
  readonly kind: 'xray';
}
/** A `platform.*` event of a type that AWS has not documented. */
export interface OtherPlatformRecord extends FromPlatform {
  readonly kind: 'other-platform';
  readonly type: string;
}

/** A record that Lambda wrote itself, as text or as JSON. */
export type PlatformRecord =
  | StartRecord
  | EndRecord
  | ReportRecord
  | RuntimeDoneRecord
  | InitStartRecord
  | InitDoneRecord
  | ExtensionRecord
  | SubscriptionRecord
  | LogsDroppedRecord
  | FaultRecord
  | TimeoutRecord
  | ExitRecord
  | XrayRecord
  | OtherPlatformRecord;

/** An error as a log line tells it. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  /** The language runtime wrote it because the handler failed, in contrast to an application that logged an error and went on. */
  readonly isUncaught: boolean;
  /** The text shows by itself that the runtime wrote it, where most such text may have been printed by anybody. */
  readonly isRuntimesOwn?: boolean;
}

/** Anything that is not a platform record: what the function, its runtime or its extensions wrote. */
export interface ApplicationRecord {
  readonly kind: 'application';
  readonly format: LogFormat;
  readonly requestId?: string;
  /** Upper case: TRACE, DEBUG, INFO, WARN, ERROR, FATAL. */
  readonly level?: string;
  /** The text without the runtime's own columns. */
  readonly message: string;
  readonly error?: LoggedError;
  readonly traceId?: string;
  readonly messages: readonly ProcessedMessage[];
  /** Powertools says whether this is an environment's first invocation. */
  readonly isColdStart?: boolean;
  /** Embedded Metric Format: the line is also a metric. */
  readonly isMetric?: boolean;
  /** `function` unless a Telemetry API copy says `extension`. */
  readonly writtenBy?: 'function' | 'extension';
}

/** OpenTelemetry's SpanKind. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** An OpenTelemetry span, as CloudWatch's `aws/spans` log group carries it. Times in epoch milliseconds. */
export interface SpanRecord {
  readonly kind: 'span';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly durationMs: number;
  readonly requestId?: string;
  readonly functionArn?: string;
  readonly functionName?: string;
  readonly serviceName?: string;
  readonly spanKind?: SpanKind;
  /** What a client's or producer's span called: the service as Application Signals names it, else the peer or the database system. */
  readonly remoteService?: string;
  readonly remoteOperation?: string;
  readonly httpStatusCode?: number;
  readonly error?: { readonly type?: string; readonly message?: string };
}

/** What one log event can be. */
export type LogRecord = PlatformRecord | ApplicationRecord | SpanRecord;
