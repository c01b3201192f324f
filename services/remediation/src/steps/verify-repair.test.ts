import { describe, expect, test } from '@jest/globals';
import type { FunctionWindow } from '@lamplighter/contracts';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import type { MessageMove } from '../domain/message-move.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import { verifyRepair } from './verify-repair.ts';

const MINUTE_MS = 60_000;
const nobodyAsks = () => Promise.reject(new Error('nobody should ask'));

const NOTHING = { sum: 0, max: 0 };
/** Ten calls, and nothing wrong. */
const calmMinute = (start: number): FunctionWindow => ({
  functionName: 'hotel-pay',
  start,
  invocations: 10,
  errors: 0,
  timeouts: 0,
  outOfMemory: 0,
  initErrors: 0,
  unknown: 0,
  coldStarts: 0,
  durationMs: NOTHING,
  initDurationMs: NOTHING,
  billedDurationMs: 0,
  maxMemoryUsedMb: 0,
  memorySizeMb: 128,
  costUsd: 0,
  durationSketch: '',
});

/** A repair that was applied at minute 0, on a function that nobody has called since. */
function quiet() {
  const stored = aRepair({ remediation: { state: 'verifying', appliedAt: 0 } });
  const remediations = memoryRemediations(stored);
  const config = RemediationConfig.parse({ guardrails: { verdictMinutes: 15 } });
  const { remediationId } = stored.remediation;
  const verifyAt = (now: number) =>
    verifyRepair(remediationId, {
      remediations,
      config: async () => config,
      windows: async () => [],
      meters: async () => [],
      moves: nobodyAsks,
      now: () => now,
    });
  return { verifyAt, stored: async () => (await remediations.read(remediationId))!.value };
}

test('a repair waits for minutes with calls, and is undone when none came in time', async () => {
  const { verifyAt, stored } = quiet();

  expect(await verifyAt(14 * MINUTE_MS)).toEqual({ next: 'wait' });
  expect(await verifyAt(15 * MINUTE_MS)).toEqual({ next: 'undo' });
  expect((await stored()).remediation.verification).toMatchObject({ metric: 'timeout-share', windows: 0 });
});

test('attempts that were refused are asked of CloudWatch, and judged once it knows them', async () => {
  const trial = { metric: 'throttled-share', before: 0.4, target: 0.005, failuresBefore: 0 } as const;
  const stored = aRepair({ trial, remediation: { state: 'verifying', appliedAt: 0 } });
  const remediations = memoryRemediations(stored);
  const asked: [number, number][] = [];
  const verifyAt = (now: number) =>
    verifyRepair(stored.remediation.remediationId, {
      remediations,
      config: async () => RemediationConfig.parse({}),
      windows: async () => [],
      meters: async (_, since, until) => {
        asked.push([since, until]);
        const starts = Array.from({ length: (until - since) / MINUTE_MS }, (__, at) => since + at * MINUTE_MS);
        return starts.map((start) => ({ start, served: 600, throttled: 0 }));
      },
      moves: nobodyAsks,
      now: () => now,
    });

  expect(await verifyAt(3 * MINUTE_MS)).toEqual({ next: 'wait' });
  expect(await verifyAt(4 * MINUTE_MS)).toEqual({ next: 'keep' });
  expect(asked).toEqual([
    [0, MINUTE_MS],
    [0, 2 * MINUTE_MS],
  ]);
  const { remediation } = (await remediations.read(stored.remediation.remediationId))!.value;
  expect(remediation.verification).toMatchObject({ metric: 'throttled-share', unit: 'share', before: 0.4, after: 0 });
});

test.each<[string, Partial<Parameters<typeof aRepair>[0] & object>, object]>([
  [
    'a cap asks for the attempts of its function',
    { change: { kind: 'lambda-reserved-concurrency', functionName: 'hotel-pay', concurrency: 15 } },
    { meter: 'attempts', resource: expect.objectContaining({ name: 'hotel-pay' }) },
  ],
  [
    'a throttle asks for the requests at its stage',
    {
      change: {
        ...{ kind: 'api-throttle', protocol: 'HTTP', apiId: 'a1', stage: '$default' },
        ...{ rateLimit: 4, burstLimit: 8 },
      },
    },
    { meter: 'api-requests', apiId: 'a1', stage: '$default' },
  ],
])('%s, and is undone when callers are turned away', async (_, parts, asked) => {
  const meter = parts.change!.kind === 'api-throttle' ? 'api-requests' : 'attempts';
  const trial = { metric: 'unserved-share', meter, before: 0.2, target: 0.01, failuresBefore: 0.2 } as const;
  const remediation = { state: 'verifying', appliedAt: 0 } as const;
  const stored = aRepair({ ...parts, trial: { ...trial, unservedBefore: 0.2 }, remediation });
  const seen: unknown[] = [];

  const next = await verifyRepair(stored.remediation.remediationId, {
    remediations: memoryRemediations(stored),
    config: async () => RemediationConfig.parse({}),
    windows: async () => [0, 1].map((at) => calmMinute(at * MINUTE_MS)),
    meters: async (metered) => {
      seen.push(metered);
      return [0, 1].map((at) => ({ start: at * MINUTE_MS, served: 10, throttled: 30 }));
    },
    moves: nobodyAsks,
    now: () => 4 * MINUTE_MS,
  });

  expect(next).toEqual({ next: 'undo' });
  expect(seen).toEqual([asked]);
});

test('nobody pays for figures that no verdict needs', async () => {
  const stored = aRepair({ remediation: { state: 'verifying', appliedAt: 0 } });
  const remediations = memoryRemediations(stored);

  const next = await verifyRepair(stored.remediation.remediationId, {
    remediations,
    config: async () => RemediationConfig.parse({}),
    windows: async () => [],
    meters: nobodyAsks,
    moves: nobodyAsks,
    now: () => 5 * MINUTE_MS,
  });

  expect(next).toEqual({ next: 'wait' });
});

test('guardrails that nobody can read undo no repair that works', async () => {
  const stored = aRepair({ remediation: { state: 'verifying', appliedAt: 0 }, verdictMinutes: 15 });
  const remediations = memoryRemediations(stored);

  const next = await verifyRepair(stored.remediation.remediationId, {
    remediations,
    config: () => Promise.reject(new Error('GUARDRAILS_INVALID')),
    windows: async () => [],
    meters: async () => [],
    moves: nobodyAsks,
    now: () => 5 * MINUTE_MS,
  });

  expect(next).toEqual({ next: 'wait' });
});

describe('messages that are given back', () => {
  const aMove = (move: Partial<MessageMove>): MessageMove => ({
    startedAt: 0,
    status: 'COMPLETED',
    moved: 90,
    toMove: 90,
    ...move,
  });

  /** Minutes without a failure since they began to move, a quarter of an hour for a verdict. */
  function lookedAt(minute: number, move: MessageMove | undefined, newest: Partial<FunctionWindow> = {}) {
    const stored = aRepair({
      remediation: { state: 'verifying', appliedAt: 0 },
      change: { kind: 'queue-redrive', deadLetterQueueArn: 'dead', sourceQueueArn: 'jobs', perSecond: 10 },
      trial: { metric: 'failure-share', before: 0, target: 0.01, failuresBefore: 0 },
      snapshot: { takenAt: 0, restore: { kind: 'absent' } },
    });
    return verifyRepair(stored.remediation.remediationId, {
      remediations: memoryRemediations(stored),
      config: async () => RemediationConfig.parse({ guardrails: { verdictMinutes: 15 } }),
      windows: async () =>
        Array.from({ length: minute }, (_, at) => ({
          ...calmMinute(at * MINUTE_MS),
          ...(at === minute - 1 && newest),
        })),
      meters: nobodyAsks,
      moves: async (queue) => (queue === 'dead' ? move : undefined),
      now: () => minute * MINUTE_MS,
    });
  }

  test.each<[string, number, Partial<MessageMove> | undefined, string]>([
    ['have moved', 5, {}, 'keep'],
    ['still move', 5, { status: 'RUNNING' }, 'wait'],
    ['still move when the time for a verdict is over', 15, { status: 'RUNNING' }, 'wait'],
    ['still move after half a day', 12 * 60, { status: 'RUNNING' }, 'keep'],
    ['were moved by somebody who cancelled it', 5, { status: 'CANCELLED' }, 'keep'],
    ['failed to move long before this repair', 5, { status: 'FAILED', startedAt: -10 * MINUTE_MS }, 'keep'],
    ['nobody has heard of', 5, undefined, 'keep'],
  ])('and that %s', async (_, minute, move, next) => {
    expect(await lookedAt(minute, move && aMove(move))).toEqual({ next });
  });

  test('and that still move are not taken back for one minute that was not good', async () => {
    const next = await lookedAt(61, aMove({ status: 'RUNNING' }), { invocations: 1_000, errors: 13 });

    expect(next).toEqual({ next: 'wait' });
  });

  test('and that failed to move are no repair, whatever the minutes say', async () => {
    const failed = aMove({ status: 'FAILED', failure: 'AccessDenied', moved: 3 });

    await expect(lookedAt(5, failed)).rejects.toMatchObject({
      name: 'MoveFailed',
      message: 'SQS gave 3 of 90 messages back and failed: AccessDenied.',
    });
  });
});
