import { expect, test } from '@jest/globals';
import type { FunctionSettings, RemedyContext } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { provisionedConcurrency } from './provisioned-concurrency.ts';
import { provisionedSchedule } from './provisioned-schedule.ts';

const alias = (name: string, version: string) => ({ name, version, weights: {} });

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 0, 15, 12);
const BOTH = [provisionedConcurrency, provisionedSchedule];

/** Cold starts that came at the same hour on two earlier days: both playbooks answer them. */
function coldStarts(settings: Partial<FunctionSettings>, byVersion: RemedyContext['traffic']['byVersion'] = []) {
  const context: RemedyContext = {
    finding: aFinding('cold-starts', { openedAt: NOON }),
    now: NOON,
    traffic: { ...CALM, peakConcurrency: 10, coldStartShare: 0.3, byVersion },
    function: aFunction({ aliases: [alias('live', '7')], versions: ['8', '7'], ...settings }),
    earlier: [NOON - DAY_MS, NOON - 2 * DAY_MS],
  };
  return context;
}

const called = (version: string, calls = 100) => ({ version, calls, failures: 0 });

function qualifiersFor(aliases: FunctionSettings['aliases'], version: string): (string | undefined)[] {
  const context = coldStarts({ aliases }, [called(version)]);
  return BOTH.map((playbook) => {
    const change = playbook.propose(context)?.change;
    return change !== undefined && 'qualifier' in change ? change.qualifier : undefined;
  });
}

test.each([
  ['the alias that is called, not the first one', [alias('beta', '8'), alias('live', '7')], '7', 'live'],
  ['the alias of a version, not that of $LATEST', [alias('dev', '$LATEST'), alias('live', '7')], '7', 'live'],
  ['nothing where several could be called', [alias('beta', '7'), alias('live', '7')], '7', undefined],
  ['nothing where $LATEST is called', [alias('live', '7')], '$LATEST', undefined],
  ['nothing where a version is called by its number', [alias('live', '7')], '8', undefined],
])('environments are kept ready for %s', (_, aliases, version, qualifier) => {
  expect(qualifiersFor(aliases, version)).toEqual([qualifier, qualifier]);
});

function environmentsFor(context: RemedyContext): (number | undefined)[] {
  return BOTH.map((playbook) => {
    const change = playbook.propose(context)?.change;
    if (change?.kind === 'lambda-provisioned-schedule') return change.range?.max;
    return change?.kind === 'lambda-provisioned-concurrency' ? change.concurrency : undefined;
  });
}

test.each<[string, Partial<FunctionSettings>, NonNullable<RemedyContext['traffic']['byVersion']>, number | undefined]>([
  ['as many as the peak needs', { unreservedConcurrency: 111 }, [], 11],
  ['none where too little would be left to others', { unreservedConcurrency: 110 }, [], undefined],
  ['no more than are reserved', { reservedConcurrency: 10 }, [called('7')], 10],
  ['out of the reservation, whatever others have', { reservedConcurrency: 20, unreservedConcurrency: 100 }, [], 11],
  ['what other versions do not need', { reservedConcurrency: 10 }, [called('7', 84), called('$LATEST', 16)], 8],
  ['none of a version that starts from a snapshot', { snapStarted: ['7'] }, [called('7')], undefined],
  ['as many as before, where another version does', { snapStarted: ['8'] }, [called('7')], 11],
  ['none where nothing may run', { reservedConcurrency: 0 }, [called('7')], undefined],
])('environments are kept ready: %s', (_, settings, byVersion, expected) => {
  expect(environmentsFor(coldStarts(settings, byVersion))).toEqual([expected, expected]);
});

test('an advised schedule keeps no more ready than are reserved, and nothing for $LATEST or a version that starts from a snapshot', () => {
  const advised = {
    functionName: 'rooms',
    qualifier: 'live',
    actions: [
      { name: 'lamplighter-07', schedule: 'cron(55 6 * * ? *)', concurrency: 12 },
      { name: 'lamplighter-22', schedule: 'cron(0 22 * * ? *)', concurrency: 3 },
    ],
    extraUsdPerDay: 6,
  };
  const reserved = { ...coldStarts({ reservedConcurrency: 10 }), advised };
  const latest = { ...coldStarts({ aliases: [alias('live', '$LATEST')] }), advised };

  expect(provisionedSchedule.propose(reserved)?.change).toMatchObject({
    range: { min: 0, max: 10 },
    actions: [{ at: { min: 10, max: 10 } }, { at: { min: 3, max: 3 } }],
  });
  expect(provisionedSchedule.propose(latest)).toBeUndefined();
  expect(provisionedSchedule.propose({ ...coldStarts({ snapStarted: ['7'] }), advised })).toBeUndefined();
});
