import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import * as contracts from '@lamplighter/contracts';
import { aWindow } from '../testing/a-window.ts';
import { after, HEALTHY, minute, told, version } from '../testing/after-health.ts';
import { CONTEXT } from '../testing/run-fault.ts';
import type { Fact } from '../windows/fact.ts';
import type { WindowFigures } from '../windows/window-input.ts';
import { assessFunction } from './assess-function.ts';
import { migrateFunctionState, newFunctionState } from './function-state.ts';

describe('one incident, one finding', () => {
  test('is opened once, and resolved when it has been quiet for ten minutes; a short lull does not end it', () => {
    const bad = { errors: 10 };
    const lull = Array.from({ length: 5 }, () => ({}));
    const changes = after([bad, bad, ...lull, bad, ...Array.from({ length: 14 }, () => ({}))]);

    expect(told(changes)).toEqual(['opened error-burst', 'resolved error-burst']);
    expect(changes[0]?.finding).toMatchObject({ openedAt: minute(HEALTHY), state: 'open', severity: 'critical' });
    expect(changes[1]?.finding).toMatchObject({
      updatedAt: minute(HEALTHY + 7),
      resolvedAt: minute(HEALTHY + 8),
      state: 'resolved',
    });
  });

  test('is told anew when it doubles, and a bounded number of times', () => {
    const worse = Array.from({ length: 40 }, (_, index) => Math.min(1_000, Math.round(20 * 1.12 ** index)));
    const windows = [
      ...Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index), { invocations: 1_000 })),
      ...worse.map((errors, index) => aWindow(minute(HEALTHY + index), { invocations: 1_000, errors })),
    ];
    const { changes } = assessFunction(newFunctionState(), { windows }, CONTEXT);
    const updates = changes.filter(({ change }) => change === 'updated');

    expect(updates.length).toBeGreaterThanOrEqual(2);
    expect(updates.length).toBeLessThanOrEqual(8);
    const revisions = updates.map(({ finding }) => finding.revision);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  });

  test('errors and slowness of a bad deploy are evidence of one finding', () => {
    const old = { byVersion: [version('7', 0)] };
    const fresh = {
      errors: 12,
      timeouts: 4,
      byVersion: [version('8', 16)],
      errorTypes: [{ fingerprint: 'f', template: 'boom', count: 12, exampleRequestId: 'r-1' }],
    };
    const windows = [
      ...Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index), old)),
      ...[0, 1, 2, 3].map((index) => aWindow(minute(HEALTHY + index), fresh)),
    ];
    const { changes } = assessFunction(newFunctionState(), { windows }, CONTEXT);

    expect(told(changes)).toEqual(['opened bad-deploy']);
    const [finding] = changes.map((each) => each.finding) as [Finding];
    expect(finding.resource.version).toBe('8');
    expect(finding.causes[0]).toMatchObject({ kind: 'deploy', name: 'version 8' });
    expect(finding.evidence.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['failures by version', 'errors', 'timeouts']),
    );
  });

  test('an unpublished deploy, told as a fact, is blamed as well', () => {
    const facts: Fact[] = [{ kind: 'deploy', id: 'd1', at: minute(HEALTHY), version: '$LATEST' }];
    expect(told(after([{ errors: 12 }, { errors: 12 }], facts))).toEqual(['opened bad-deploy']);
  });

  test('a finding that turns out to be part of another one is resolved as such', () => {
    const errorTypes = [
      { fingerprint: 'f', template: 'remaining connection slots are reserved', count: 9, exampleRequestId: 'r-1' },
    ];
    const changes = after([{ errors: 9 }, { errors: 9, errorTypes }]);

    expect(told(changes)).toEqual(
      expect.arrayContaining(['opened error-burst', 'opened connection-pressure', 'resolved error-burst']),
    );
    expect(changes.find(({ change }) => change === 'resolved')?.finding.explanation).toContain(
      'part of a finding of class connection-pressure',
    );
    const keys = new Set(changes.map(({ finding }) => finding.groupKey));
    expect(keys.size).toBe(1);
  });

  test('a function that is deleted has no open finding, and is not missed; one that is made anew is judged again', () => {
    const busy = Array.from({ length: HEALTHY }, () => ({}));
    const quiet = Array.from({ length: 10 }, () => ({ invocations: 0 }));
    const deleted: Fact = { kind: 'deletion', id: 'd', at: minute(2 * HEALTHY + 5) };
    const changes = after([...busy, ...quiet, {}, { errors: 15 }, { errors: 15 }], [deleted]);

    expect(told(after([...busy, ...quiet]))).toEqual(['opened traffic-drop']);
    expect(told(changes)).toEqual(['opened traffic-drop', 'resolved traffic-drop', 'opened error-burst']);
    expect(changes[1]?.finding.resolvedAt).toBe(minute(2 * HEALTHY + 5));
  });

  test('half an hour without a call ends a finding, whatever showed itself since the last one', () => {
    const quiet = Array.from({ length: 30 }, () => ({ invocations: 0 }));
    const lost: Fact = {
      kind: 'async-failure',
      id: 'r',
      at: minute(HEALTHY + 25),
      requestId: 'r',
      condition: 'RetriesExhausted',
    };
    expect(told(after([{ errors: 15 }, ...quiet.slice(1)]))).toEqual(['opened error-burst']);
    expect(told(after([{ errors: 15 }, ...quiet]))).toEqual(['opened error-burst', 'resolved error-burst']);
    expect(told(after([{}, ...quiet], [lost]))).toEqual(['opened async-failures', 'resolved async-failures']);
  });

  test('late figures that disprove a finding withdraw it', () => {
    const opened = assessFunction(
      newFunctionState(),
      {
        windows: [
          ...Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index))),
          aWindow(minute(HEALTHY), { errors: 8 }),
        ],
      },
      CONTEXT,
    );
    const corrected = assessFunction(
      opened.state,
      { windows: [aWindow(minute(HEALTHY), { invocations: 20, errors: 0 }, 1)] },
      CONTEXT,
    );

    expect(told(opened.changes)).toEqual(['opened error-burst']);
    expect(told(corrected.changes)).toEqual(['resolved error-burst']);
    expect(corrected.changes[0]).toMatchObject({ isWithdrawn: true });
    expect(corrected.changes[0]?.finding.revision).toBeGreaterThan(opened.changes[0]?.finding.revision ?? 0);
  });
});

test('a first minute that was half there moves the onset of its finding, and opens none beside it', () => {
  const health = Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index)));
  const rev0 = aWindow(minute(HEALTHY), { invocations: 6, errors: 1 });
  const worst = aWindow(minute(HEALTHY + 1), { invocations: 40, errors: 40 });
  const rev1 = aWindow(minute(HEALTHY), { invocations: 40, errors: 30 }, 1);
  const opened = assessFunction(newFunctionState(), { windows: [...health, rev0, worst] }, CONTEXT);
  const corrected = assessFunction(opened.state, { windows: [rev1] }, CONTEXT);
  const { changes } = assessFunction(
    migrateFunctionState(JSON.parse(JSON.stringify(corrected.state))),
    { windows: Array.from({ length: 12 }, (_, index) => aWindow(minute(HEALTHY + 2 + index))) },
    CONTEXT,
  );

  expect(told(opened.changes)).toEqual(['opened error-burst']);
  expect(told(corrected.changes)).toEqual(['updated error-burst']);
  expect(told(changes)).toEqual(['resolved error-burst']);
  const findings = [...opened.changes, ...corrected.changes, ...changes].map(({ finding }) => finding);
  expect(findings.map(({ openedAt }) => openedAt)).toEqual([minute(61), minute(60), minute(60)]);
  expect(new Set(findings.map(({ findingId, groupKey }) => `${findingId} ${groupKey}`)).size).toBe(1);
});

test('a finding that late figures make part of another one is not said to have been nothing', () => {
  const old = { byVersion: [version('7', 0)] };
  const health = Array.from({ length: HEALTHY }, (_, index) => aWindow(minute(index), old));
  const bad = (at: number, byVersion: WindowFigures['byVersion'], revision = 0) =>
    aWindow(minute(HEALTHY + at), { errors: 16, byVersion: byVersion ?? [] }, revision);
  const opened = assessFunction(newFunctionState(), { windows: [...health, bad(0, [version('7', 16)])] }, CONTEXT);
  const late = [bad(0, [version('8', 16)], 1)];
  const { changes } = assessFunction(opened.state, { windows: late }, CONTEXT);

  expect(told(opened.changes)).toEqual(['opened error-burst']);
  expect(told(changes).sort()).toEqual(['opened bad-deploy', 'resolved error-burst']);
  const [resolved] = changes.filter(({ change }) => change === 'resolved');
  expect(resolved).toMatchObject({ isWithdrawn: true });
  expect(resolved?.finding.explanation).toContain('it was part of a finding of class bad-deploy');
});

test('one failure of one is no outage, and three of three are counts', () => {
  expect(told(after([{ invocations: 1, errors: 1 }]))).toEqual([]);
  expect(told(after([{ invocations: 30, errors: 30 }]))).toEqual(['opened error-burst']);
});

test('every published finding is one of the contract', () => {
  const changes = after([{ errors: 12 }, { timeouts: 9, errors: 9 }]);
  for (const { finding } of changes) expect(contracts.Finding.parse(finding)).toEqual(finding);
  expect(changes.length).toBeGreaterThan(0);
});
