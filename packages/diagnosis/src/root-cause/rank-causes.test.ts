import { expect, test } from '@jest/globals';
import type { RankedCause } from './answer.ts';
import type { RootCauseQuestion } from './question.ts';
import { rankCauses } from './rank-causes.ts';
import { MINUTE, makeQuestion, ONSET } from './testing/scene.ts';

const CHAIN = [
  ['site', 'api'],
  ['api', 'function'],
  ['function', 'table'],
] as const;

test('the deepest node with additional time is the cause, and those that wait for it are not', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [200, 700] },
      api: { requests: [100, 100], latency: [150, 650] },
      function: { requests: [100, 100], latency: [100, 600] },
      table: { requests: [100, 100], latency: [10, 510] },
    },
    CHAIN,
  );

  const [first] = causesOf(question);

  expect(first).toMatchObject({ node: 'table', path: ['site', 'api', 'function', 'table'], since: ONSET });
  expect(first?.score).toBeGreaterThan(0.9);
  expect(first?.explainedShare).toBeGreaterThan(0.9);
  expect(first?.evidence[0]).toMatchObject({ kind: 'slower', metric: 'latency', since: ONSET });
});

test('a node whose callees are as ever is the cause itself', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [200, 450] },
      api: { requests: [100, 100], latency: [150, 400] },
      function: { requests: [100, 100], latency: [100, 350] },
      table: { requests: [100, 100], latency: [10, 10] },
    },
    CHAIN,
  );

  expect(causesOf(question)[0]?.node).toBe('function');
});

test('what is slow and hardly used explains less than what is used much', () => {
  const question = makeQuestion(
    {
      site: { requests: [1000, 1000], latency: [50, 80] },
      used: { requests: [1000, 1000], latency: [10, 40] },
      rare: { requests: [2, 2], latency: [1000, 3000] },
    },
    [
      ['site', 'used'],
      ['site', 'rare'],
    ],
  );

  expect(
    causesOf(question)
      .map(({ node }) => node)
      .slice(0, 2),
  ).toEqual(['used', 'rare']);
});

test('failures of a callee that was never called before are the caller that calls it now', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], errors: [0, 30] },
      function: { requests: [100, 100], errors: [0, 30] },
      wrong: { requests: [0, 30], errors: [0, 30] },
    },
    [
      ['site', 'function'],
      ['function', 'wrong'],
    ],
    'errors',
  );

  const [first] = causesOf(question);

  expect(first?.node).toBe('function');
  expect(first?.evidence).toContainEqual(expect.objectContaining({ kind: 'new-call', callee: 'wrong' }));
  expect(first?.sentence).toBe(
    'function: fails 30 % of its requests in place of 0 % since 2026-11-21 12:00 UTC; ' +
      'calls wrong since 2026-11-21 12:00 UTC, which it did not before. ' +
      'What it adds itself is 100 % of the errors of site. It reaches site by site -> function.',
  );
});

test('more requests to a callee that is as fast as ever are the doing of the caller', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [100, 500] },
      function: { requests: [100, 100], latency: [80, 480] },
      table: { requests: [200, 5000], latency: [10, 10] },
    },
    [
      ['site', 'function'],
      ['function', 'table'],
    ],
  );

  expect(causesOf(question)[0]?.node).toBe('function');
});

test('a node that falls silent while its callers go on is named, where nothing explains more', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [100, 100] },
      queue: { requests: [50, Number.NaN], latency: [5, Number.NaN] },
    },
    [['site', 'queue']],
  );

  expect(causesOf(question)[0]).toMatchObject({ node: 'queue', evidence: [{ kind: 'silent', metric: 'requests' }] });
});

test('what falls silent behind a failing caller is not named before that caller', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], errors: [0, 40] },
      function: { requests: [100, 100], errors: [0, 40] },
      queue: { requests: [50, Number.NaN] },
    },
    [
      ['site', 'function'],
      ['function', 'queue'],
    ],
    'availability',
  );

  expect(causesOf(question).map(({ node }) => node)).toEqual(['function']);
});

test('another metric far from normal points at its node', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [100, 100] },
      function: { requests: [100, 100], latency: [50, 50], cpu: [20, 99] },
    },
    [['site', 'function']],
  );

  expect(causesOf(question)[0]).toMatchObject({
    node: 'function',
    evidence: [{ kind: 'unusual', metric: 'cpu Average' }],
  });
});

test('nodes that call each other in a circle are told apart by what they add', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [100, 600] },
      a: { requests: [100, 100], latency: [80, 580] },
      b: { requests: [100, 100], latency: [10, 510] },
    },
    [
      ['site', 'a'],
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'b'],
    ],
  );

  expect(causesOf(question)[0]?.node).toBe('b');
});

test('a reference of another level does not make yesterday’s change a cause', () => {
  const question = makeQuestion(
    {
      site: { requests: [100, 100], latency: [100, 300] },
      database: { requests: [100, 100], latency: [60, 60] },
      function: { requests: [100, 100], latency: [20, 220] },
    },
    [
      ['site', 'database'],
      ['site', 'function'],
    ],
  );
  const recent = question.series.map((each) => ({ ...each, points: each.points.slice(18) }));
  const reference = question.series.map((each) => ({
    ...each,
    points: each.points.map(({ timestamp, value }) => ({
      timestamp: timestamp - 1e9,
      value: each.node === 'database' && each.metric === 'latency' ? 30 : value,
    })),
  }));

  expect(causesOf({ ...question, series: recent, reference })[0]?.node).toBe('function');
});

test('guesses, nothing that moved, and questions that have no answer, are said to be so', () => {
  const even = makeQuestion({ site: { requests: [100, 100], latency: [100, 101] } }, []);
  const still = makeQuestion({ site: { requests: [100, 100], latency: [0, 0] } }, []);
  const afterwards = { ...still, onset: ONSET + 60 * MINUTE };

  expect(rankCauses(even)).toMatchObject({ kind: 'ranked', isClear: false });
  expect(rankCauses(still)).toEqual({ kind: 'nothing-moved' });
  expect(rankCauses(afterwards)).toEqual({ kind: 'unanswerable', reason: 'no-points-since-onset' });
  expect(rankCauses({ ...still, onset: Number.NaN })).toEqual({ kind: 'unanswerable', reason: 'onset-not-a-time' });
  expect(rankCauses({ ...still, target: { node: 'x', metric: 'latency' } })).toEqual({
    kind: 'unanswerable',
    reason: 'target-not-in-graph',
  });
});

function causesOf(question: RootCauseQuestion): readonly RankedCause[] {
  const answer = rankCauses(question);
  return answer.kind === 'ranked' ? answer.causes : [];
}
