import { createHash } from 'node:crypto';

/** A minute of a function: how often it is called, and how that goes. */
export interface MinuteOfCalls {
  /** Start of the minute, epoch milliseconds. */
  readonly start: number;
  readonly calls: number;
  /** Of these calls, how many run into the timeout: the first ones. */
  readonly timeouts?: number;
  /** How many end in an error: those after them. */
  readonly failures?: number;
  /** Of a call that goes well, give or take a tenth; 80 where absent. */
  readonly durationMs?: number | ((call: number) => number);
  /** What a report says; 512 and 120 where absent. */
  readonly memorySizeMb?: number;
  readonly memoryUsedMb?: number;
  /** `$LATEST` where absent. */
  readonly version?: string;
  /** 3,000 where absent. */
  readonly timeoutMs?: number;
  /** Type of the errors. */
  readonly error?: string;
  /** Message of the errors. */
  readonly message?: string;
  /** What the application prints in a call; nothing where absent. */
  readonly lineOf?: (call: number) => string;
  /** X-Ray's id of a call's trace, where it is traced. */
  readonly traceIdOf?: (call: number) => string | undefined;
}

/** One event of a log stream. */
export interface LogLine {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** What a function's environment writes in a minute, in Lambda's text format: the lines of its calls, one after the other. The same minute gives the same lines. */
export function minuteOfLogs(functionName: string, minute: MinuteOfCalls): LogLine[] {
  return Array.from({ length: minute.calls }, (_, call) => linesOfCall(functionName, minute, call)).flat();
}

function linesOfCall(functionName: string, minute: MinuteOfCalls, call: number): LogLine[] {
  const { start, calls, timeouts = 0, failures = 0, durationMs = 80, timeoutMs = 3_000 } = minute;
  const requestId = requestIdOf(functionName, start, call);
  const noise = 0.9 + (Number.parseInt(requestId.slice(0, 2), 16) / 255) * 0.2;
  const isCut = call < timeouts;
  const plainMs = typeof durationMs === 'number' ? durationMs : durationMs(call);
  const tookMs = isCut ? timeoutMs : plainMs * noise;
  const begins = start + call * Math.floor(55_000 / calls);
  const ends = begins + Math.ceil(tookMs);
  const at = new Date(ends).toISOString();
  const { error = 'PaymentRefused', message = `${error}: the provider refused the card` } = minute;
  const failure = { errorType: error, errorMessage: message, stack: [] };
  const cut = `${at} ${requestId} Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds\n\n`;
  const uncaught = `${at}\t${requestId}\tERROR\tInvoke Error \t${JSON.stringify(failure)}\n`;
  const line = minute.lineOf && `${new Date(begins).toISOString()}\t${requestId}\tINFO\t${minute.lineOf(call)}\n`;
  const isFailed = !isCut && call < timeouts + failures;
  return [
    { timestamp: begins, message: `START RequestId: ${requestId} Version: ${minute.version ?? '$LATEST'}\n` },
    ...(line === undefined ? [] : [{ timestamp: begins, message: line }]),
    ...(isCut ? [{ timestamp: ends, message: cut }] : []),
    ...(isFailed ? [{ timestamp: ends, message: uncaught }] : []),
    { timestamp: ends, message: `END RequestId: ${requestId}\n` },
    { timestamp: ends, message: reportOf(requestId, tookMs, { ...minute, traceId: minute.traceIdOf?.(call) }) },
  ];
}

function reportOf(
  requestId: string,
  tookMs: number,
  { traceId, memorySizeMb = 512, memoryUsedMb = 120 }: MinuteOfCalls & { readonly traceId: string | undefined },
): string {
  const figures = `Duration: ${tookMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(tookMs)} ms\tMemory Size: ${memorySizeMb} MB\tMax Memory Used: ${memoryUsedMb} MB`;
  const segmentId = `${requestId.slice(-12)}0000`;
  const traced = traceId === undefined ? '' : `\nXRAY TraceId: ${traceId}\tSegmentId: ${segmentId}\tSampled: true\t`;
  return `REPORT RequestId: ${requestId}\t${figures}\t${traced}\n`;
}

/** The request id of a call of a minute, the same in every run: a UUID of the fourth version. */
export function requestIdOf(functionName: string, start: number, call: number): string {
  const hash = createHash('sha256').update(`${functionName}/${start}/${call}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
