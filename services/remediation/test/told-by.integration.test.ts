import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { type MinuteOfCalls, minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';

let house: RemediationHouse;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
  await house.setGuardrails({ blastRadius: { resources: 9, changesPerHour: 99 } });
});
afterAll(() => house?.stop());

async function watch(name: string): Promise<void> {
  await deployWatchedFunction(house.sandbox, { name });
  house.sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${name}`);
  await house.settle(20_000);
}

type Figures = Omit<MinuteOfCalls, 'start' | 'calls'> & {
  readonly calls?: number;
  readonly refused?: number;
  /** Calls that overlap: each in an environment of its own. */
  readonly isTogether?: boolean;
};

const streamOf = (isTogether: boolean) => (line: { readonly message: string }) =>
  isTogether ? STREAM.slice(0, -8) + /[0-9a-f]{8}(?=-[0-9a-f]{4}-4)/.exec(line.message)![0] : STREAM;

async function minutes(
  name: string,
  count: number,
  { refused = 0, calls = 20, isTogether = false, ...figures }: Figures,
): Promise<void> {
  const { peers } = house.sandbox;
  for (let at = 0; at < count; at++) {
    const start = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
    const lines = Map.groupBy(minuteOfLogs(name, { ...figures, calls, start }), streamOf(isTogether));
    for (const [stream, written] of lines) await peers.logs.write(`/aws/lambda/${name}`, stream, written);
    peers.metrics.put('AWS/Lambda', 'Invocations', { FunctionName: name }, calls, 'Count', start);
    if (refused > 0) peers.metrics.put('AWS/Lambda', 'Throttles', { FunctionName: name }, refused, 'Count', start);
    await house.settle(MINUTE_MS);
  }
}

/** Five calm minutes and two in which the finding shows; the finding, and time to act on it. */
async function findAfter(name: string, kind: Finding['class'], calm: Figures, shown: Figures, more?: Partial<Finding>) {
  await minutes(name, 5, calm);
  const onset = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
  await minutes(name, 2, shown);
  await house.find(findingOf({ class: kind, openedAt: onset, functionName: name, ...more }));
  await house.settle(15_000);
}

async function repairOf(name: string) {
  const answer = await house.ask({ kind: 'recent', limit: 50 });
  const all = answer.kind === 'remediations' ? answer.remediations : [];
  return all.find(({ resource }) => resource.name === name);
}

/** Quantiles of an exponential distribution of this mean, in an order that says nothing. */
const exponential = (meanMs: number) => (call: number) => -meanMs * Math.log(1 - (((call * 7) % 20) + 0.5) / 20);

test('more memory is kept when a fifth of it is free', async () => {
  await watch('suites');
  const [calm, full] = [
    { memorySizeMb: 256, memoryUsedMb: 150 },
    { memorySizeMb: 256, memoryUsedMb: 244 },
  ];
  await findAfter('suites', 'out-of-memory-risk', calm, full);

  expect((await house.configurationOf('suites')).MemorySize).toBe(384);
  await minutes('suites', 4, { memorySizeMb: 384, memoryUsedMb: 244 });

  expect(await repairOf('suites')).toMatchObject({
    playbook: 'lambda-memory',
    state: 'kept',
    verification: { metric: 'memory-use', before: 244 / 256, after: 244 / 384, windows: 2 },
  });
});

test('more memory that is used up as well is taken back, though no call fails', async () => {
  await watch('lofts');
  const full = { memorySizeMb: 256, memoryUsedMb: 244 };
  await findAfter('lofts', 'out-of-memory-risk', { ...full, memoryUsedMb: 150 }, full);

  await minutes('lofts', 12, { memorySizeMb: 384, memoryUsedMb: 370 });

  expect(await repairOf('lofts')).toMatchObject({ state: 'rolled-back', verification: { metric: 'memory-use' } });
  expect((await house.configurationOf('lofts')).MemorySize).toBe(256);
});

test('what is done about a leak says how much time it gains', async () => {
  await watch('cellars');
  const now = house.clock.now();
  const evidence = [
    { text: 'It grew.', metric: 'memory used', unit: 'MB', before: 100, after: 160, since: now - 600_000 },
  ];
  const growing = { memorySizeMb: 256, memoryUsedMb: 160 };
  const figures = { evidence, updatedAt: now };
  await findAfter('cellars', 'memory-leak', { ...growing, memoryUsedMb: 110 }, growing, figures);

  await minutes('cellars', 4, { memorySizeMb: 384, memoryUsedMb: 120 });

  expect(await repairOf('cellars')).toMatchObject({
    state: 'kept',
    // 60 MB in ten minutes; 128 MB last 21.
    reason: expect.stringContaining('6.0 MB a minute, the 128 MB more gain 21 minutes.'),
    verification: { metric: 'memory-use', before: 160 / 256, after: 120 / 384 },
  });
});

test('a longer timeout is kept when the tail is far from it', async () => {
  await watch('desks');
  const of = (meanMs: number) => ({ durationMs: exponential(meanMs) });
  const told = { text: '', metric: 'probability of a timeout', unit: '%', before: 0, after: 0.13 };
  await findAfter('desks', 'timeout-risk', of(100), of(450), { evidence: [told] });

  expect((await house.configurationOf('desks')).Timeout).toBe(5);
  await minutes('desks', 6, of(450));
  expect((await repairOf('desks'))?.state).toBe('verifying');
  await minutes('desks', 6, of(450));

  const repair = await repairOf('desks');
  expect(repair).toMatchObject({
    playbook: 'lambda-timeout',
    state: 'kept',
    verification: { metric: 'timeout-risk', before: 0.0013, target: expect.closeTo(1e-4, 9) },
  });
  expect(repair!.verification!.after).toBeLessThan(1e-4);
});

test('more environments are kept when nobody is refused, which CloudWatch alone tells', async () => {
  await watch('porters');
  const reserved = { FunctionName: 'porters', ReservedConcurrentExecutions: 4 };
  await house.sandbox.client(LambdaClient).send(new PutFunctionConcurrencyCommand(reserved));
  await findAfter('porters', 'throttling', {}, { refused: 20 });

  await minutes('porters', 3, {});
  expect((await repairOf('porters'))?.state).toBe('verifying');
  await minutes('porters', 2, {});

  expect(await repairOf('porters')).toMatchObject({
    playbook: 'reserved-concurrency',
    state: 'kept',
    verification: { metric: 'throttled-share', before: 0.5, after: 0 },
  });
});

test('a cap that turns callers away is taken back, though every call that was served went well', async () => {
  await watch('bellboys');
  const flooded = { failures: 4, durationMs: 20_000, timeoutMs: 60_000, isTogether: true };
  await findAfter('bellboys', 'connection-pressure', {}, flooded);

  await minutes('bellboys', 6, { refused: 30 });

  expect(await repairOf('bellboys')).toMatchObject({
    playbook: 'reserved-concurrency',
    state: 'rolled-back',
    verification: { metric: 'unserved-share', after: 0.6 },
  });
});

test('more environments that are refused as much are taken back, though every call that was served went well', async () => {
  await watch('maids');
  const reserved = { FunctionName: 'maids', ReservedConcurrentExecutions: 4 };
  await house.sandbox.client(LambdaClient).send(new PutFunctionConcurrencyCommand(reserved));
  await findAfter('maids', 'throttling', {}, { refused: 20 });

  await minutes('maids', 14, { refused: 20 });

  expect(await repairOf('maids')).toMatchObject({ state: 'rolled-back', verification: { metric: 'throttled-share' } });
});
