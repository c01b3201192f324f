import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { advanceIncident, DEFAULT_INCIDENT_RULES, incidents, NO_INCIDENT } from './incidents.ts';

const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 200 });
const pointsOf = (values: readonly number[]) => values.map((score, timestamp) => ({ timestamp, score }));
const { openAt, quietPoints } = DEFAULT_INCIDENT_RULES;

describe('incidents', () => {
  test('every anomalous point is in exactly one incident, and incidents do not overlap', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const found = incidents(pointsOf(values));
        const holding = values.map(
          (_, at) => found.filter(({ openedAt, updatedAt }) => openedAt <= at && at <= updatedAt).length,
        );
        values.forEach((score, at) => {
          if (score >= openAt) expect(holding[at]).toBe(1);
        });
        expect(Math.max(0, ...holding)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('each is opened once and resolved once, updates in between', () => {
    fc.assert(
      fc.property(scores, (values) => {
        let state = NO_INCIDENT;
        const changes = pointsOf(values).map((point) => {
          const next = advanceIncident(state, point);
          state = next.state;
          return next.change.kind;
        });
        const story = changes.filter((kind) => kind !== 'unchanged').join(' ');
        expect(story).toMatch(/^(opened( updated)* resolved ?)*(opened( updated)*)?$/);
        expect(state.open !== null).toBe(/(opened|updated)$/.test(story));
      }),
    );
  });

  test('a score that flutters about the threshold is one incident, resolved after the quiet', () => {
    const values = [0.6, 0.4, 0.6, 0.4, 0.6, ...new Array<number>(quietPoints).fill(0)];

    expect(incidents(pointsOf(values))).toEqual([
      { openedAt: 0, updatedAt: 4, resolvedAt: 4 + quietPoints, peakScore: 0.6, anomalousPoints: 5 },
    ]);
  });
});
