import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import type { Playbook } from '../playbook.ts';
import { apiThrottle } from '../playbooks/api-throttle.ts';
import { reservedConcurrency } from '../playbooks/reserved-concurrency.ts';
import { stopLoop } from '../playbooks/stop-loop.ts';
import type { RemedyContext, Traffic } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { figuresByMinute } from '../traffic/figures-by-minute.ts';
import { aMinute } from '../traffic/testing/a-minute.ts';
import { judgeRepair } from './judge-repair.ts';
import { meterOf } from './metered-trial.ts';
import { trialOf } from './trial-of.ts';

/** A fifth of the calls fails in up to 40 environments; ten are usual. */
const FLOODED: Traffic = { ...CALM, peakConcurrency: 40, failureShare: 0.2 };
const USUAL: Traffic = { ...CALM, peakConcurrency: 10 };

function planned(playbook: Playbook, kind: Finding['class'], more: Partial<RemedyContext> = {}) {
  const context = {
    finding: aFinding(kind),
    now: 0,
    traffic: FLOODED,
    normal: USUAL,
    function: aFunction(),
    ...more,
  };
  return trialOf({ playbook, proposal: playbook.propose(context)! }, context);
}

/** Minutes in which `throttled` of 100 were turned away, and none of the others failed. */
const minutes = (count: number, throttled: number) =>
  figuresByMinute(
    Array.from({ length: count }, (_, at) => aMinute({ start: at * 60_000, invocations: 100 - throttled })),
    Array.from({ length: count }, (_, at) => ({ start: at * 60_000, served: 100 - throttled, throttled })),
  );
const AT_ONCE = { elapsedMs: 0, verdictMinutes: 60 };

const API = { protocol: 'HTTP', apiId: 'a1', stage: '$default', isShared: false } as const;

describe.each<[string, Playbook, Finding['class'], Partial<RemedyContext>]>([
  ['a cap', reservedConcurrency, 'connection-pressure', {}],
  ['a cap', reservedConcurrency, 'retry-storm', {}],
  ['a throttle', apiThrottle, 'connection-pressure', { api: API }],
  ['a throttle', apiThrottle, 'traffic-spike', { api: API }],
])('%s of %o for %s', (_, playbook, kind, more) => {
  test('is undone when it turns away more than failed before, however well the others do', () => {
    const trial = planned(playbook, kind, more);

    expect(trial).toMatchObject({ metric: 'unserved-share', before: 0.2, unservedBefore: 0.2 });
    expect(judgeRepair(trial, minutes(2, 60), AT_ONCE)).toMatchObject({
      kind: 'undo',
      because: 'more calls are refused or fail than before',
    });
  });

  test('is kept when callers are served again', () => {
    expect(judgeRepair(planned(playbook, kind, more), minutes(2, 0), AT_ONCE)).toMatchObject({ kind: 'keep' });
  });

  test('is never good again by logs alone', () => {
    const unmetered = figuresByMinute([0, 1, 2].map((at) => aMinute({ start: at * 60_000 })));

    expect(judgeRepair(planned(playbook, kind, more), unmetered, AT_ONCE).kind).toBe('wait');
  });
});

test.each<Finding['class']>(['throttling', 'throttling-ahead'])(
  'more room, for %s, is measured by its own figure and may not raise who is refused either',
  (kind) => {
    const traffic = { ...FLOODED, throttledShare: 0.5, peakConcurrency: 9 };
    const trial = planned(reservedConcurrency, kind, { traffic, function: aFunction({ reservedConcurrency: 10 }) });

    expect(trial).toMatchObject({ meter: 'attempts', unservedBefore: 0.6 });
    expect(trial.metric).not.toBe('unserved-share');
    expect(judgeRepair(trial, minutes(2, 90), AT_ONCE).kind).toBe('undo');
  },
);

test('requests that an API always answers 4xx are no reason to undo its throttle', () => {
  const trial = planned(apiThrottle, 'traffic-spike', {
    traffic: CALM,
    api: { ...API, refusedShare: 0.3, usuallyRefusedShare: 0.25 },
  });

  expect(trial).toMatchObject({ unservedBefore: 0.3, target: 0.375 });
  expect(judgeRepair(trial, minutes(2, 30), AT_ONCE).kind).toBe('keep');
});

test('who is meant to be stopped is not counted', () => {
  expect(planned(stopLoop, 'recursive-loop')).not.toHaveProperty('unservedBefore');
});

test('a trial of throttles that an earlier version stored is metered as it was', () => {
  expect(meterOf({ metric: 'throttled-share' })).toBe('attempts');
  expect(meterOf({ metric: 'failure-share' })).toBeUndefined();
});
