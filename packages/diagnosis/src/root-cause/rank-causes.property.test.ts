import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeSeries, RootCauseQuestion } from './question.ts';
import { rankCauses } from './rank-causes.ts';

const IDS = ['a', 'b', 'c', 'd', 'e'];
const id = fc.constantFrom(...IDS, 'stranger');
const value = fc.oneof(
  fc.constantFrom(null, 0, 1, 100, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 1e100, 5e-324),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
);
const timestamp = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((step) => step * 60_000),
  fc.constantFrom(Number.NaN, -1, 1e300),
);
const series: fc.Arbitrary<NodeSeries> = fc.record({
  node: id,
  metric: fc.constantFrom('requests', 'errors', 'availability', 'latency', 'cpu'),
  statistic: fc.constantFrom('Average', 'Sum', 'p50', 'p99'),
  points: fc.array(fc.record({ timestamp, value }), { maxLength: 12 }),
});
const question: fc.Arbitrary<RootCauseQuestion> = fc.record({
  graph: fc.record({
    nodes: fc.array(
      fc.constantFrom(...IDS).map((own) => ({ id: own })),
      { maxLength: 6 },
    ),
    edges: fc.array(fc.record({ caller: id, callee: id }), { maxLength: 15 }),
  }),
  series: fc.array(series, { maxLength: 15 }),
  reference: fc.array(series, { maxLength: 8 }),
  target: fc.record({
    node: fc.constantFrom('a', 'b'),
    metric: fc.constantFrom('latency', 'availability', 'errors', 'requests'),
  }),
  onset: fc.oneof(fc.integer({ min: 0, max: 1_200_000 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
});

test('any graph and any series have an answer with finite scores that sum to 1, reasons and paths from the target', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const answer = rankCauses(asked);
      if (answer.kind !== 'ranked') return;
      const scores = answer.causes.map(({ score }) => score);
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6);
      expect([...scores].sort((x, y) => y - x)).toEqual(scores);
      for (const cause of answer.causes) {
        expect(cause.explainedShare).toBeGreaterThanOrEqual(0);
        expect(cause.explainedShare).toBeLessThanOrEqual(1);
        expect(Number.isFinite(cause.since)).toBe(true);
        expect(cause.path.at(-1)).toBe(cause.node);
        if (cause.path.length > 1) expect(cause.path[0]).toBe(asked.target.node);
        expect(cause.sentence).not.toMatch(/NaN|undefined|Infinity/);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the order of series and points does not matter', () => {
  const unique = question.map((asked) => ({
    ...asked,
    series: [...new Map(asked.series.map((each) => [`${each.node} ${each.metric}`, withoutRepeats(each)])).values()],
  }));
  fc.assert(
    fc.property(unique, (asked) => {
      const turned = asked.series.map((each) => ({ ...each, points: [...each.points].reverse() })).reverse();
      expect(namesOf({ ...asked, series: turned })).toEqual(namesOf(asked));
    }),
  );
});

function withoutRepeats(each: NodeSeries): NodeSeries {
  return { ...each, points: [...new Map(each.points.map((point) => [point.timestamp, point])).values()] };
}

function namesOf(asked: RootCauseQuestion): unknown {
  const answer = rankCauses(asked);
  return answer.kind === 'ranked' ? new Set(answer.causes.map(({ node }) => node)) : answer;
}
