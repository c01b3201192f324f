import type { LoggingConfiguration } from '../functions/function-configuration.ts';
import { jsonPlatformLog } from './json-platform-log.ts';
import { textPlatformLog } from './text-platform-log.ts';

/**
 * Whether the runtime came back for more: `success` where the handler answered or threw, `error` where the process died or could not start. Lambda's
 * own `failure`, for faults of the platform, does not happen here.
 * @see https://github.com/aws-samples/aws-lambda-extensions/issues/85
 */
export type InvocationStatus = 'success' | 'error' | 'timeout';

export interface Tracing {
  /** The whole `X-Amzn-Trace-Id` value. */
  readonly header: string;
  readonly traceId: string;
  readonly segmentId: string;
  readonly isSampled: boolean;
}

export type InitializationType = 'on-demand' | 'provisioned-concurrency';

export interface InitStart {
  /** `on-demand` where absent. */
  readonly initializationType?: InitializationType;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly runtimeVersion: string;
  readonly runtimeVersionArn: string;
  readonly instanceId: string;
  readonly memorySizeMb: number;
}

export interface InitReport {
  /** `on-demand` where absent. */
  readonly initializationType?: InitializationType;
  /** `invoke` where init failed before and ran again as part of an invocation. */
  readonly phase: 'init' | 'invoke';
  readonly status: 'success' | 'error' | 'timeout';
  readonly durationMs: number;
  readonly errorType?: string;
}

export interface InvocationStart {
  readonly requestId: string;
  readonly version: string;
  readonly functionArn: string;
  readonly tracing: Tracing;
}

export interface InvocationReport {
  readonly requestId: string;
  readonly status: InvocationStatus;
  /** AWS's name of what ended the invocation; absent where the function merely threw. */
  readonly errorType?: string;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  readonly initDurationMs?: number;
  readonly producedBytes: number;
  readonly timeoutSeconds: number;
  /** What killed the environment: `Runtime exited with error: signal: killed`. */
  readonly crash?: { readonly errorType: string; readonly detail: string };
  readonly tracing: Tracing;
}

/** Writes what Lambda itself says about a function, as records of its log stream. `at` is ISO 8601. */
export interface PlatformLog {
  initStart(at: string, record: InitStart): readonly string[];
  initReport(at: string, record: InitReport): readonly string[];
  start(at: string, record: InvocationStart): readonly string[];
  /** Everything that ends an invocation: what went wrong, END, REPORT; or runtimeDone and report. */
  end(at: string, record: InvocationReport): readonly string[];
}

export function platformLog(logging: LoggingConfiguration): PlatformLog {
  return logging.logFormat === 'JSON' ? jsonPlatformLog(logging.systemLogLevel) : textPlatformLog;
}
