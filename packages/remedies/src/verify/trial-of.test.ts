import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import type { Change } from '../change.ts';
import type { Playbook, VerifiedMetric } from '../playbook.ts';
import { lambdaMemory } from '../playbooks/lambda-memory.ts';
import { lambdaTimeout } from '../playbooks/lambda-timeout.ts';
import { reservedConcurrency } from '../playbooks/reserved-concurrency.ts';
import type { Traffic } from '../remedy-context.ts';
import { aFinding, aFunction } from '../testing/a-context.ts';
import { trialOf } from './trial-of.ts';

const NORMAL: Traffic = {
  minutes: 30,
  callsPerMinute: 16,
  peakConcurrency: 2,
  p50Ms: 40,
  p95Ms: 100,
  maxMs: 400,
  failureShare: 0.001,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0.02,
  maxMemoryUsedMb: 90,
};

const SETTINGS = aFunction({ tracing: 'PassThrough', reservedConcurrency: 10 });

const CHANGE: Change = { kind: 'lambda-warm', functionName: 'rooms', environments: 1 };

function trialBy(verifies: VerifiedMetric, traffic: Traffic, normal?: Traffic) {
  const playbook: Playbook = {
    name: 'any',
    answers: [],
    risk: 'low',
    permissions: [],
    verifies,
    propose: () => undefined,
  };
  const proposal = { change: CHANGE, title: '', reason: '', costPerHourUsd: 0, undo: '' };
  return trialOf(
    { playbook, proposal },
    { finding: aFinding('slow-down'), now: 0, traffic, ...(normal && { normal }) },
  );
}

test.each<[string, Partial<Traffic>, Partial<Traffic>, object]>([
  ['the tail rose more', { p50Ms: 60, p95Ms: 900 }, {}, { metric: 'p95-ms', before: 900, target: 150 }],
  ['the middle rose more', { p50Ms: 600, p95Ms: 900 }, { p95Ms: 800 }, { metric: 'p50-ms', before: 600, target: 60 }],
  ['a small rise, half of which has to go', { p95Ms: 140 }, {}, { metric: 'p95-ms', before: 140, target: 120 }],
  ['normal times are not known', { p95Ms: 900 }, { p50Ms: 0, p95Ms: 0 }, { metric: 'p95-ms', target: 675 }],
])('durations, %s', (_, now, before, expected) => {
  expect(trialBy('duration', { ...NORMAL, ...now }, { ...NORMAL, ...before })).toMatchObject(expected);
});

test('durations that nothing is known of before', () => {
  expect(trialBy('duration', NORMAL)).toMatchObject({ metric: 'p95-ms', before: 100, target: 75 });
});

test('a share may come back to half as much again as is normal', () => {
  expect(trialBy('cold-start-share', { ...NORMAL, coldStartShare: 0.5 }, NORMAL)).toMatchObject({
    before: 0.5,
    target: expect.closeTo(0.03),
  });
});

test('a share that was nothing is good below half a per cent', () => {
  expect(trialBy('timeout-share', { ...NORMAL, timeoutShare: 0.2 }, NORMAL)).toMatchObject({ target: 0.005 });
});

test('what happened to calls before is kept in mind, whatever is measured', () => {
  expect(trialBy('none', { ...NORMAL, failureShare: 0.3 }, NORMAL)).toMatchObject({ failuresBefore: 0.3 });
});

describe('what is told before anything fails', () => {
  /** As it is planned: the playbook's own proposal, judged by the class of the finding. */
  function plannedTrial(
    playbook: Playbook,
    kind: Finding['class'],
    traffic: Partial<Traffic>,
    normal: Partial<Traffic>,
    evidence: Finding['evidence'] = [],
  ) {
    const context = {
      finding: { ...aFinding(kind), evidence },
      now: 0,
      traffic: { ...NORMAL, ...traffic },
      normal: { ...NORMAL, ...normal },
      function: SETTINGS,
    };
    return trialOf({ playbook, proposal: playbook.propose(context)! }, context);
  }
  /** Of an exponential tail: one call in a thousand is above `threshold` + 4.6 `scale`. */
  const tail = (scale: number) => ({ threshold: 500, share: 0.1, scale, shape: 0, exceedances: 40 });

  test('memory that is nearly used up is good when a fifth is free', () => {
    const trial = plannedTrial(lambdaMemory, 'out-of-memory-risk', { memoryUse: 0.95, maxMemoryUsedMb: 243 }, {});

    // Three quarters of 0.95 leave more than a fifth.
    expect(trial).toMatchObject({ metric: 'memory-use', before: 0.95, target: expect.closeTo(0.7125) });
  });

  test('a leak that was told early has to leave a quarter of what it used', () => {
    const trial = plannedTrial(
      lambdaMemory,
      'memory-leak',
      { memoryUse: 0.2, maxMemoryUsedMb: 51 },
      { memoryUse: 0.19 },
    );

    expect(trial).toMatchObject({ metric: 'memory-use', before: 0.2, target: expect.closeTo(0.15) });
  });

  test('calls that were killed for their memory are counted as calls that were killed', () => {
    expect(plannedTrial(lambdaMemory, 'out-of-memory', { outOfMemoryShare: 0.1, memoryUse: 1 }, {})).toMatchObject({
      metric: 'out-of-memory-share',
    });
  });

  test('the risk of a timeout is that of the old timeout before, and of the new one after', () => {
    const trial = plannedTrial(lambdaTimeout, 'timeout-risk', { tail: tail(400) }, { tail: tail(200) });

    // 0.1 exp(-2500 / 400) is 1.9e-4; usual was 0.1 exp(-2500 / 200), 3.7e-7. Timeouts of 3 s become 5 s.
    expect(trial).toMatchObject({
      metric: 'timeout-risk',
      before: expect.closeTo(1.93e-4, 6),
      target: 1e-4,
      limit: 5_000,
    });
  });

  test.each<[string, Parameters<typeof tail>[0]]>([
    ['a fit of next to nothing', 1],
    ['a smaller fit than what was told', 400],
  ])('the risk before is the larger of what the minutes and the finding say: %s', (_, scale) => {
    const told = { text: '', metric: 'probability of a timeout', unit: '%', before: 0, after: 0.4 };
    const trial = plannedTrial(lambdaTimeout, 'timeout-risk', { tail: tail(scale) }, {}, [told]);

    expect(trial).toMatchObject({ metric: 'timeout-risk', before: 0.004, target: 1e-4 });
  });

  test('no risk has to become smaller than one that would be told', () => {
    expect(plannedTrial(lambdaTimeout, 'timeout-risk', { tail: tail(1) }, {})).toMatchObject({ target: 1e-4 });
  });

  test('a risk that is usual may come back to half as much again', () => {
    const trial = plannedTrial(lambdaTimeout, 'timeout-risk', { tail: tail(800) }, { tail: tail(450) });

    // 0.1 exp(-2500 / 450) is 3.9e-4.
    expect(trial.target).toBeCloseTo(1.5 * 0.1 * Math.exp(-2_500 / 450), 8);
  });

  test('of few calls the risk is what the finding says of it', () => {
    const told = { text: '', metric: 'probability of a timeout', unit: '%', before: 0.01, after: 0.4 };
    const trial = plannedTrial(lambdaTimeout, 'timeout-risk', {}, {}, [told]);

    expect(trial).toMatchObject({ metric: 'timeout-risk', before: 0.004, target: expect.closeTo(1.5e-4, 6) });
  });

  test('calls that were refused are counted among those that were tried', () => {
    const trial = plannedTrial(reservedConcurrency, 'throttling', { throttledShare: 0.3 }, { throttledShare: 0.02 });

    expect(trial).toMatchObject({ metric: 'throttled-share', before: 0.3, target: expect.closeTo(0.03) });
  });

  test('concurrency that comes near its limit is measured by the old limit, then by the new one', () => {
    const trial = plannedTrial(reservedConcurrency, 'throttling-ahead', { peakConcurrency: 9 }, {});

    expect(trial).toMatchObject({ metric: 'concurrency-use', before: 0.9, target: expect.closeTo(0.675), limit: 20 });
  });

  test.each<[Finding['class'], Playbook, string]>([
    ['out-of-memory-risk', lambdaMemory, 'out-of-memory-share'],
    ['timeout-risk', lambdaTimeout, 'timeout-share'],
    ['throttling', reservedConcurrency, 'unserved-share'],
  ])('%s, where nobody knows how near it was, is measured by what its repair changes in general', (...row) => {
    const [kind, playbook, metric] = row;

    expect(plannedTrial(playbook, kind, {}, {}).metric).toBe(metric);
  });
});
