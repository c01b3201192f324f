import type { InvocationStory } from '@lamplighter/contracts';

const STREAM = '2020/06/09/[$LATEST]b249865adaaf4fad80f95f8ad09725b8';
const REQUEST = '7c9567b5-107b-4a6c-8798-0157ac21db52';
const START = 1591714943146;

/** Shared by the invocation and its only attempt. */
const FIGURES = {
  version: '$LATEST',
  logStream: STREAM,
  startedAt: START,
  durationMs: 3003.16,
  billedDurationMs: 3000,
  memorySizeMb: 128,
  maxMemoryUsedMb: 48,
  initDurationMs: 127.02,
  coldStart: true,
  status: 'timeout',
  errorType: 'Sandbox.Timedout',
  errorMessage: 'Task timed out after 3.00 seconds',
  traceId: '1-5edfa44f-0cc4438344b48ef127ab1931',
  logLines: 0,
  costUsd: 0.00000625,
  missing: [],
} as const;

const line = (offset: number, message: string) =>
  ({ timestamp: START + offset, logStream: STREAM, source: 'platform', message }) as const;

/** A timeout as the audit tells it; its log lines are of DataDog/datadog-serverless-functions (Apache-2.0). */
export const TIMEOUT_STORY: InvocationStory = {
  invocation: {
    ...FIGURES,
    missing: [],
    requestId: REQUEST,
    functionName: 'storms',
    accountId: '999999444390',
    region: 'us-east-1',
    logGroup: '/aws/lambda/storms',
    messages: [],
    attempts: 1,
  },
  attempts: [{ ...FIGURES, missing: [], endedAt: START + 3005 }],
  lines: [
    line(0, `START RequestId: ${REQUEST} Version: $LATEST\n`),
    line(3005, `END RequestId: ${REQUEST}\n`),
    line(3005, `REPORT RequestId: ${REQUEST}\tDuration: 3003.16 ms\tBilled Duration: 3000 ms\t\n`),
    line(3005, `2020-06-09T15:02:26.150Z ${REQUEST} Task timed out after 3.00 seconds\n\n`),
  ],
  linesOmitted: 0,
};

const attempt = (startedAt: number) => ({
  logStream: STREAM,
  startedAt,
  durationMs: 12.5,
  coldStart: false,
  status: 'success' as const,
  logLines: 2,
  missing: [],
});

/** An asynchronous request that failed once and then succeeded, with messages, hostile text and something missing. */
export const RETRIED_STORY: InvocationStory = {
  invocation: {
    ...attempt(START),
    requestId: '3eb496cd-c663-4ae2-a717-8f261b7ad48c',
    functionName: 'orders',
    accountId: '123456789012',
    region: 'eu-central-1',
    logGroup: '/aws/lambda/orders',
    messages: [
      {
        stream: 'arn:aws:kinesis:eu-central-1:123456789012:stream/orders',
        sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
      },
    ],
    attempts: 2,
    missing: ['report'],
  },
  attempts: [
    { ...attempt(START), status: 'error', errorType: 'Error', errorMessage: 'database is away' },
    attempt(START + 60_000),
  ],
  lines: [
    {
      timestamp: START + 3,
      logStream: STREAM,
      source: 'application',
      level: 'ERROR',
      message: 'database is away\n    at connect (db.js:1:2)\n',
    },
    {
      timestamp: START + 60_001,
      logStream: STREAM,
      source: 'application',
      level: 'INFO',
      message: 'paid\u001b[2J\u202egpj.exe\r\u0007',
    },
  ],
  linesOmitted: 7,
  completeness: { hour: START, invoked: 200, audited: 199, completenessPct: 99.5, backfilled: 3 },
};
