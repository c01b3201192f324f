import { expect, test } from '@jest/globals';
import type { Change } from '@lamplighter/remedies';
import { aRepair, memoryRemediations } from '../../test/a-repair.ts';
import { RemediationConfig } from '../domain/remediation-config.ts';
import type { ChangeRecord } from '../ports.ts';
import { recordRepair } from './record-repair.ts';

const at = { schedule: 'cron(55 6 * * ? *)', min: 3, max: 3 };
type Schedule = Extract<Change, { kind: 'lambda-provisioned-schedule' }>;
const schedule = (actions: Schedule['actions'], more: Partial<Schedule> = {}): Schedule => ({
  kind: 'lambda-provisioned-schedule',
  functionName: 'rooms',
  qualifier: 'live',
  range: { min: 0, max: 3 },
  actions,
  ...more,
});

/** A schedule in force since noon, where one environment was ready before, and another one that is to take its place. */
function twoSchedules() {
  const first = aRepair({
    remediation: { remediationId: 'first', state: 'kept', appliedAt: 12 },
    change: schedule([{ name: '07', at }]),
    snapshot: { takenAt: 11, restore: schedule([{ name: '07', at: null }], { range: null, ready: 1 }) },
  });
  const second = aRepair({
    remediation: { remediationId: 'second', state: 'verifying', appliedAt: 22 },
    replaces: 'first',
    change: schedule([
      { name: '08', at },
      { name: '07', at: null },
    ]),
    snapshot: {
      takenAt: 21,
      restore: schedule([
        { name: '08', at: null },
        { name: '07', at },
      ]),
    },
  });
  const remediations = memoryRemediations(first, second);
  const noted: ChangeRecord[] = [];
  const forgotten: string[] = [];
  const never = () => Promise.reject(new Error('nobody should'));
  const deps = {
    remediations,
    guard: {
      state: never,
      admit: never,
      lock: never,
      unlock: never,
      release: async (record: ChangeRecord) => void noted.push(record),
      forget: async ({ remediationId }: ChangeRecord) => void forgotten.push(remediationId),
      note: async (record: ChangeRecord) => void noted.push(record),
    },
    config: async () => RemediationConfig.parse({}),
    killSwitch: { isOn: async () => false, set: never },
    experience: { all: never, learn: async () => undefined },
    windows: never,
    meters: never,
    moves: never,
    approvalLinks: never,
    home: { accountId: '123456789012', region: 'us-east-1' },
    now: () => 30,
  };
  const stored = async (remediationId: string) => (await remediations.read(remediationId))!.value;
  return { deps, noted, forgotten, stored };
}

test('what takes the place of a schedule is undone to what was before both', async () => {
  const { deps, noted, stored } = twoSchedules();

  await recordRepair('second', 'kept', undefined, deps);
  await recordRepair('second', 'kept', undefined, deps);

  expect((await stored('first')).remediation).toMatchObject({ state: 'rolled-back', withdrawn: expect.any(String) });
  expect(await stored('second')).toMatchObject({
    remediation: { state: 'kept' },
    snapshot: {
      restore: {
        range: null,
        ready: 1,
        actions: [
          { name: '08', at: null },
          { name: '07', at: null },
        ],
      },
    },
  });
  expect(noted).toMatchObject([
    { remediationId: 'first', isInForce: false, wasUndone: false },
    { remediationId: 'second', isInForce: true },
    { remediationId: 'second', isInForce: true },
  ]);
});

test('what could not take the place of a schedule leaves it in force', async () => {
  const { deps, stored } = twoSchedules();

  await recordRepair('second', 'failed', 'It could not be applied.', deps);

  expect((await stored('first')).remediation.state).toBe('kept');
  expect((await stored('second')).snapshot).toMatchObject({ restore: { actions: [{}, { name: '07', at }] } });
});

test('what was for a while has been taken back when it ends, and says so', async () => {
  const { deps, stored } = twoSchedules();
  const short = aRepair({ remediation: { remediationId: 'short', state: 'verifying' }, untilMinutes: 30 });
  await deps.remediations.write(short, 0);

  await recordRepair('short', 'kept', undefined, deps);
  await recordRepair('second', 'kept', undefined, deps);

  expect((await stored('short')).remediation).toMatchObject({ state: 'kept', takenBack: true });
  expect((await stored('second')).remediation).not.toHaveProperty('takenBack');
});

test('what failed before it changed anything is no undone repair, and nothing is learnt from it', async () => {
  const { deps, noted, forgotten, stored } = twoSchedules();
  const learn = () => Promise.reject(new Error('nobody should'));

  await recordRepair('second', 'untouched', 'AccessDenied', { ...deps, experience: { ...deps.experience, learn } });

  expect((await stored('second')).remediation).toMatchObject({
    state: 'failed',
    untouched: true,
    failure: 'Nothing was changed. AccessDenied',
  });
  expect({ noted, forgotten }).toEqual({ noted: [], forgotten: ['second'] });
});

test.each([
  ['timeout-share', ['kept']],
  ['none', []],
] as const)('of what is verified by %s is learnt %j', async (metric, learnt) => {
  const { deps } = twoSchedules();
  const trial = { metric, before: 0, target: 0, failuresBefore: 0 };
  await deps.remediations.write(aRepair({ remediation: { remediationId: 'tried', state: 'verifying' }, trial }), 0);
  const told: string[] = [];
  const learn = async (_: unknown, outcome: string) => void told.push(outcome);

  await recordRepair('tried', 'kept', undefined, { ...deps, experience: { ...deps.experience, learn } });

  expect(told).toEqual(learnt);
});

test('what was undone because nobody called counts as no rollback, and nothing is learnt from it; what it cost counts', async () => {
  const { deps, noted } = twoSchedules();
  const silent = aRepair({
    remediation: { remediationId: 'silent', state: 'verifying', appliedAt: 7 },
    isSilent: true,
  });
  await deps.remediations.write(silent, 0);
  const learn = () => Promise.reject(new Error('nobody should'));

  await recordRepair('silent', 'rolled-back', undefined, { ...deps, experience: { ...deps.experience, learn } });

  expect(noted).toMatchObject([{ remediationId: 'silent', wasUndone: false, isInForce: false, endedAt: 30 }]);
});

test('an undoing that fails counts, whoever called', async () => {
  const { deps, noted } = twoSchedules();
  await deps.remediations.write(
    aRepair({ remediation: { remediationId: 'silent', state: 'verifying' }, isSilent: true }),
    0,
  );

  await recordRepair('silent', 'failed', 'AccessDenied', deps);

  expect(noted).toMatchObject([{ remediationId: 'silent', wasUndone: true }]);
});

test.each([
  [false, 'nothing was changed'],
  [true, 'what was begun was undone'],
])('what the kill switch stopped is refused by it, and says whether it had begun: %s', async (isBegun, reason) => {
  const { deps, noted, forgotten, stored } = twoSchedules();
  const snapshot = { takenAt: 1, restore: { kind: 'absent' } } as const;
  const stopped = aRepair({ remediation: { remediationId: 'stopped', state: 'applying' }, isBegun, snapshot });
  await deps.remediations.write(stopped, 0);

  await recordRepair('stopped', 'stopped', undefined, deps);

  const refusals = [{ rail: 'kill-switch', reason: expect.stringContaining(reason) }];
  expect((await stored('stopped')).remediation).toMatchObject({ state: 'refused', refusals });
  expect(noted).toMatchObject(isBegun ? [{ isInForce: false, wasUndone: false }] : []);
  expect(forgotten).toEqual(isBegun ? [] : ['stopped']);
});

test('why a repair failed ends where it says that there is more, however much AWS said', async () => {
  const { deps, stored } = twoSchedules();

  await recordRepair('second', 'untouched', 'Access denied. '.repeat(100), deps);

  const { failure = '' } = (await stored('second')).remediation;
  expect([failure.length, failure.at(-1)]).toEqual([1_000, '…']);
});
