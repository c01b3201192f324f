import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MinuteOfCalls, minuteOfLogs } from '@lamplighter/sandbox/minute-of-logs';
import { findingOf, type RemediationHouse, startRemediation } from './deployed-remediation.ts';
import { deployWatchedFunction } from './watched-function.ts';

const MINUTE_MS = 60_000;
const STREAM = '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef';

let house: RemediationHouse;
beforeAll(async () => {
  house = await startRemediation(Date.UTC(2026, 0, 15, 12));
});
afterAll(() => house?.stop());

async function minutes(functionName: string, count: number, figures: Omit<MinuteOfCalls, 'start'>): Promise<void> {
  const group = `/aws/lambda/${functionName}`;
  for (let at = 0; at < count; at++) {
    const start = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
    await house.sandbox.peers.logs.write(group, STREAM, minuteOfLogs(functionName, { ...figures, start }));
    await house.settle(MINUTE_MS);
  }
}

async function watch(name: string): Promise<void> {
  await deployWatchedFunction(house.sandbox, { name });
  house.sandbox.peers.logs.ensureLogGroup(`/aws/lambda/${name}`);
  await house.settle();
  await house.settle(20_000);
  await minutes(name, 3, { calls: 20 });
}

async function newest() {
  const answer = await house.ask({ kind: 'recent', limit: 1 });
  return answer.kind === 'remediations' ? answer.remediations[0] : undefined;
}

test('a timeout is raised, verified on live minutes, and kept', async () => {
  await house.setGuardrails({});
  await watch('hotel-pay');
  const onset = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
  await minutes('hotel-pay', 2, { calls: 20, failures: 10, error: 'Sandbox.Timedout' });

  await house.find(findingOf({ class: 'timeouts', openedAt: onset, functionName: 'hotel-pay' }));
  await house.settle(5_000);
  expect((await house.configurationOf('hotel-pay')).Timeout).toBe(5);
  await minutes('hotel-pay', 5, { calls: 20 });

  expect(await newest()).toMatchObject({
    playbook: 'lambda-timeout',
    state: 'kept',
    mode: 'automatic',
    verification: { metric: 'timeout-share', after: 0 },
  });
  expect((await house.configurationOf('hotel-pay')).Timeout).toBe(5);
});

test('a repair that makes it worse is undone, and the configuration is as it was', async () => {
  await watch('hotel-book');
  const before = await house.configurationOf('hotel-book');
  const onset = Math.floor(house.clock.now() / MINUTE_MS) * MINUTE_MS;
  await minutes('hotel-book', 2, { calls: 20, failures: 4 });

  await house.find(findingOf({ class: 'out-of-memory', openedAt: onset, functionName: 'hotel-book' }));
  await house.settle(5_000);
  expect((await house.configurationOf('hotel-book')).MemorySize).toBe(384);
  await minutes('hotel-book', 6, { calls: 20, failures: 18 });

  expect(await newest()).toMatchObject({ playbook: 'lambda-memory', state: 'rolled-back' });
  const after = await house.configurationOf('hotel-book');
  expect({ memory: after.MemorySize, timeout: after.Timeout }).toEqual({
    memory: before.MemorySize,
    timeout: before.Timeout,
  });
});

test('a new install only says what it would do', async () => {
  await house.setGuardrails({ mode: 'dry-run' });
  await house.settle(20_000);
  await watch('hotel-dry');
  const onset = house.clock.now();

  await house.find(findingOf({ class: 'out-of-memory', openedAt: onset, functionName: 'hotel-dry' }));
  await house.settle(5_000);

  expect(await newest()).toMatchObject({
    state: 'dry-run-ended',
    title: 'Set the memory of hotel-dry from 256 to 384 MB',
  });
  expect((await house.configurationOf('hotel-dry')).MemorySize).toBe(256);
});

test('what has to be approved waits for its approver, whose link works once', async () => {
  await house.setGuardrails({ mode: 'approve' });
  await house.settle(20_000);
  await watch('hotel-ask');
  const onset = house.clock.now();
  await house.find(findingOf({ class: 'out-of-memory', openedAt: onset, functionName: 'hotel-ask' }));
  await house.settle(5_000);
  const waiting = await newest();
  expect(waiting).toMatchObject({ state: 'awaiting-approval', approvalsNeeded: 1 });
  const { remediationId } = waiting!;

  const unknown = await house.ask({ kind: 'decide', remediationId, decision: 'approve', by: 'mallory' });
  const approved = await house.ask({ kind: 'decide', remediationId, decision: 'approve', by: 'anna' });
  const again = await house.ask({ kind: 'decide', remediationId, decision: 'decline', by: 'ben' });
  await house.settle(5_000);

  expect([unknown.kind, approved.kind, again.kind]).toEqual(['refused', 'remediation', 'refused']);
  expect((await house.configurationOf('hotel-ask')).MemorySize).toBe(384);
});

test('the kill switch refuses, and says what lifts it', async () => {
  await house.setGuardrails({});
  await house.settle(20_000);
  await watch('hotel-stop');
  await house.ask({ kind: 'set-kill-switch', isOn: true, by: 'anna' });

  await house.find(findingOf({ class: 'out-of-memory', openedAt: house.clock.now(), functionName: 'hotel-stop' }));
  await house.settle(5_000);

  expect(await newest()).toMatchObject({
    state: 'refused',
    refusals: [expect.objectContaining({ rail: 'kill-switch' })],
  });
  expect((await house.configurationOf('hotel-stop')).MemorySize).toBe(256);
});
