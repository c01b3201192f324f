import type { LogBatch } from '@lamplighter/lambda-logs';
import { logBatch, report, sampleHistory } from './sample-history.ts';

/** Requests of {@link fullHistory} beyond those of the sample history. */
export const MORE_REQUESTS = {
  json: '55555555-5555-4555-8555-555555555555',
  jsonFailed: '66666666-6666-4666-8666-666666666666',
  timedOut: '77777777-7777-4777-8777-777777777777',
  outOfMemory: '88888888-8888-4888-8888-888888888888',
  badInit: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  thrice: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
} as const;

const platform = (time: string, type: string, record: object) =>
  JSON.stringify({ time: `2026-01-15T${time}Z`, type: `platform.${type}`, record });

const failed = (id: string) => [
  `START RequestId: ${id} Version: 3`,
  `[ERROR]\t2026-01-15T10:00:00.000Z\t${id}\tno rooms left`,
  `[ERROR] RuntimeError: no rooms\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py", line 9, in handler`,
  `END RequestId: ${id}`,
];

/** The sample history and: the JSON log format, a timeout, an exhausted memory, a failed initialisation, three attempts in three environments. */
export const fullHistory: readonly LogBatch[] = [
  ...sampleHistory,
  logBatch('/aws/lambda/invoices', 'dddd', [
    platform('09:59:30.000', 'initStart', {
      initializationType: 'on-demand',
      phase: 'init',
      runtimeVersion: 'nodejs:24.v12',
      functionName: 'invoices',
      functionVersion: '12',
    }),
    platform('09:59:30.080', 'start', { requestId: MORE_REQUESTS.json, version: '12' }),
    JSON.stringify({
      timestamp: '2026-01-15T09:59:30.120Z',
      level: 'INFO',
      requestId: MORE_REQUESTS.json,
      message: { stream: 'invoices', sequenceNumber: '20', text: 'größe ✓' },
    }),
    platform('09:59:30.200', 'report', {
      requestId: MORE_REQUESTS.json,
      metrics: {
        durationMs: 41.5,
        billedDurationMs: 42,
        memorySizeMB: 256,
        maxMemoryUsedMB: 88,
        initDurationMs: 190.25,
      },
      status: 'success',
      tracing: {
        spanId: '5a0b1f2c3d4e5f60',
        type: 'X-Amzn-Trace-Id',
        value: 'Root=1-6968b9f2-0123456789abcdef01234567;Parent=5a0b1f2c3d4e5f60;Sampled=1',
      },
    }),
    [70_000, platform('10:00:40.000', 'start', { requestId: MORE_REQUESTS.jsonFailed, version: '12' })],
    JSON.stringify({
      timestamp: '2026-01-15T10:00:40.040Z',
      level: 'ERROR',
      requestId: MORE_REQUESTS.jsonFailed,
      message: {
        errorType: 'RangeError',
        errorMessage: 'amount below zero',
        stackTrace: ['RangeError: amount below zero', '    at handler (/var/task/index.js:3:9)'],
      },
    }),
    platform('10:00:40.080', 'report', {
      requestId: MORE_REQUESTS.jsonFailed,
      metrics: { durationMs: 3.25, billedDurationMs: 4, memorySizeMB: 256, maxMemoryUsedMB: 88 },
      status: 'success',
    }),
  ]),
  logBatch('/aws/lambda/availability', 'eeee', [
    'INIT_START Runtime Version: python:3.13.v40\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:def',
    `START RequestId: ${MORE_REQUESTS.timedOut} Version: 3`,
    'asking the channel manager',
    [3_100, `2026-01-15T09:59:33.100Z ${MORE_REQUESTS.timedOut} Task timed out after 3.00 seconds\n\n`],
    `END RequestId: ${MORE_REQUESTS.timedOut}`,
    `REPORT RequestId: ${MORE_REQUESTS.timedOut}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 61 MB\tInit Duration: 310.00 ms\tStatus: timeout`,
    [90_000, `START RequestId: ${MORE_REQUESTS.outOfMemory} Version: 3`],
    `RequestId: ${MORE_REQUESTS.outOfMemory} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
    `END RequestId: ${MORE_REQUESTS.outOfMemory}`,
    `REPORT RequestId: ${MORE_REQUESTS.outOfMemory}\tDuration: 812.00 ms\tBilled Duration: 813 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.OutOfMemory`,
  ]),
  logBatch('/aws/lambda/availability', 'ffff', [
    'INIT_START Runtime Version: python:3.13.v40\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:def',
    "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'rooms'",
    'INIT_REPORT Init Duration: 88.10 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError',
    "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'rooms'",
    'INIT_REPORT Init Duration: 402.77 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError',
    `START RequestId: ${MORE_REQUESTS.badInit} Version: 3`,
    `END RequestId: ${MORE_REQUESTS.badInit}`,
    `REPORT RequestId: ${MORE_REQUESTS.badInit}\tDuration: 405.00 ms\tBilled Duration: 405 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\tStatus: error\tError Type: Runtime.ImportModuleError`,
  ]),
  ...['aabb', 'bbcc', 'ccdd'].map((hex, attempt) => {
    const lines = [...failed(MORE_REQUESTS.thrice), report(MORE_REQUESTS.thrice)];
    const [start, ...rest] = attempt < 2 ? lines : lines.filter((line) => !line.startsWith('[ERROR]'));
    return logBatch('/aws/lambda/availability', hex, [[attempt * 65_000, start!], ...rest]);
  }),
];
