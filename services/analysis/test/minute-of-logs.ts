import { createHash } from 'node:crypto';

export interface Minute {
  /** Start of the minute, epoch milliseconds. */
  readonly start: number;
  readonly calls: number;
  /** Of these calls, how many end in an error. */
  readonly failures?: number;
  readonly durationMs?: number;
  readonly error?: string;
  /** X-Ray's id of a call's trace, where it is traced. */
  readonly traceIdOf?: (call: number) => string | undefined;
}

/** What a function's environment writes in a minute: the lines of its calls, one after the other. */
export function minuteOfLogs(
  functionName: string,
  { start, calls, failures = 0, durationMs = 80, error = 'PaymentRefused', traceIdOf }: Minute,
) {
  const step = Math.floor(55_000 / calls);
  return Array.from({ length: calls }, (_, at) => {
    const requestId = idOf(`${functionName}/${start}/${at}`);
    const begins = start + at * step;
    // A little noise that is the same in every run.
    const took = durationMs * (0.9 + (parseInt(requestId.slice(0, 2), 16) / 255) * 0.2);
    const ends = begins + Math.ceil(took);
    const figures = `Duration: ${took.toFixed(2)} ms\tBilled Duration: ${Math.ceil(took)} ms\tMemory Size: 512 MB\tMax Memory Used: 120 MB`;
    const traceId = traceIdOf?.(at);
    const traced =
      traceId === undefined
        ? ''
        : `\nXRAY TraceId: ${traceId}\tSegmentId: ${requestId.slice(-12)}0000\tSampled: true\t`;
    const failure = { errorType: error, errorMessage: `${error}: the provider refused the card`, stack: [] };
    return [
      { timestamp: begins, message: `START RequestId: ${requestId} Version: $LATEST\n` },
      ...(at < failures
        ? [
            {
              timestamp: ends,
              message: `${new Date(ends).toISOString()}\t${requestId}\tERROR\tInvoke Error \t${JSON.stringify(failure)}\n`,
            },
          ]
        : []),
      { timestamp: ends, message: `END RequestId: ${requestId}\n` },
      { timestamp: ends, message: `REPORT RequestId: ${requestId}\t${figures}\t${traced}\n` },
    ];
  }).flat();
}

function idOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
