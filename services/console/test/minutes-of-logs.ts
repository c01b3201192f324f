import { createHash } from 'node:crypto';

export interface Minute {
  /** Start of the minute, epoch milliseconds. */
  readonly start: number;
  readonly calls: number;
  /** Of these calls, how many end in an error. */
  readonly failures?: number;
  /** Of these calls, how many run into the timeout of 3 s. */
  readonly timeouts?: number;
  readonly durationMs?: number;
  readonly error?: string;
  readonly message?: string;
  readonly version?: string;
  /** What the application prints in each call. */
  readonly line?: string;
}

const TIMEOUT_MS = 3_000;

/** The request id of a call of a minute: the same in every run. */
export function requestIdOf(functionName: string, start: number, call: number): string {
  const hash = createHash('sha256').update(`${functionName}/${start}/${call}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** What a function's environment writes in a minute: the lines of its calls, one after the other; every tenth minute begins with a cold start. */
export function minuteOfLogs(functionName: string, minute: Minute): { timestamp: number; message: string }[] {
  return Array.from({ length: minute.calls }, (_, at) => linesOfCall(functionName, minute, at)).flat();
}

function linesOfCall(functionName: string, minute: Minute, at: number) {
  const { start, calls, failures = 0, timeouts = 0, durationMs = 80 } = minute;
  const { error = 'PaymentRefused', version = '$LATEST' } = minute;
  const requestId = requestIdOf(functionName, start, at);
  const begins = start + at * Math.floor(55_000 / calls);
  const noise = parseInt(requestId.slice(0, 4), 16) / 0xffff;
  const angle = 2 * Math.PI * (parseInt(requestId.slice(4, 8), 16) / 0xffff);
  // Log-normal, as latencies are (Box and Muller 1958).
  const healthyMs = durationMs * Math.exp(0.3 * Math.sqrt(-2 * Math.log(noise + 1e-6)) * Math.cos(angle));
  const isCut = at < timeouts;
  const took = isCut ? TIMEOUT_MS : healthyMs;
  const ends = begins + Math.ceil(took);
  const init = at === 0 && (start / 60_000) % 10 === 0 ? '\tInit Duration: 312.40 ms' : '';
  const figures = `Duration: ${took.toFixed(2)} ms\tBilled Duration: ${Math.ceil(took)} ms\tMemory Size: 512 MB\tMax Memory Used: ${118 + Math.round(20 * noise)} MB${init}`;
  const text = minute.message ?? 'the provider refused the card';
  const failure = JSON.stringify({ errorType: error, errorMessage: text, stack: [] });
  const told = (level: string, message: string) =>
    `${new Date(begins + 5).toISOString()}\t${requestId}\t${level}\t${message}\n`;
  return [
    { timestamp: begins, message: `START RequestId: ${requestId} Version: ${version}\n` },
    { timestamp: begins + 5, message: told('INFO', minute.line ?? `order ${4_700_000 + at} is being paid`) },
    ...(isCut
      ? [
          {
            timestamp: ends,
            message: `${new Date(ends).toISOString()} ${requestId} Task timed out after 3.00 seconds\n\n`,
          },
        ]
      : []),
    ...(at < failures ? [{ timestamp: ends, message: told('ERROR', `Invoke Error \t${failure}`) }] : []),
    { timestamp: ends, message: `END RequestId: ${requestId}\n` },
    { timestamp: ends, message: `REPORT RequestId: ${requestId}\t${figures}\t\n` },
  ];
}
