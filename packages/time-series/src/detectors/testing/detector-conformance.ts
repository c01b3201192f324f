import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Detector, DetectorPoint, VersionedState } from '../detector.ts';

const LARGEST_STATE_BYTES = 4_096;
const START = Date.UTC(2026, 10, 21);

const anyValue = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, -1, 3) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -1e300, 1e300, Number.MAX_VALUE, 5e-324),
  },
);
/** Steps of -1 to 3 minutes: duplicates and points that go back are among them. */
const anyPoints = fc
  .array(fc.tuple(fc.constantFrom(-60_000, 0, 60_000, 60_000, 60_000, 180_000), anyValue), { maxLength: 300 })
  .map((steps) => {
    let timestamp = START;
    return steps.map(([step, value]): DetectorPoint => {
      timestamp += step;
      return { timestamp, value };
    });
  });

/** What every detector must hold; `adapt` gives a point what the detector needs beyond a value. */
export function describeDetectorConformance<State extends VersionedState>(
  plain: Detector<State>,
  adapt: (point: DetectorPoint) => DetectorPoint = (point) => point,
): void {
  const detector: Detector<State> = { ...plain, update: (state, point) => plain.update(state, adapt(point)) };
  const scoresOf = (points: readonly DetectorPoint[]): number[] => {
    let state = detector.init();
    return points.map((point) => {
      const verdict = detector.update(state, point);
      state = verdict.state;
      return verdict.score;
    });
  };

  describe(`${detector.name} conforms`, () => {
    test('scores are in [0, 1], whatever the points', () => {
      fc.assert(
        fc.property(anyPoints, (points) => scoresOf(points).every((score) => score >= 0 && score <= 1)),
        { numRuns: 50 },
      );
    });

    test('a state that went through JSON at any point gives the same verdicts', () => {
      fc.assert(
        fc.property(anyPoints, fc.nat(299), (points, cut) => {
          let kept = detector.init();
          let stored = detector.init();
          points.forEach((point, index) => {
            if (index === cut) stored = detector.migrate(JSON.parse(JSON.stringify(stored)));
            const expected = detector.update(kept, point);
            const actual = detector.update(stored, point);
            expect({ score: actual.score, kind: actual.kind }).toEqual({ score: expected.score, kind: expected.kind });
            kept = expected.state;
            stored = actual.state;
          });
        }),
        { numRuns: 50 },
      );
    });

    test('no look-ahead: later points change no earlier score', () => {
      fc.assert(
        fc.property(anyPoints, fc.nat(299), (points, cut) => {
          expect(scoresOf(points).slice(0, cut)).toEqual(scoresOf(points.slice(0, cut)));
        }),
        { numRuns: 25 },
      );
    });

    test.each([1, 1e300, -1e300 / 3, 123_456.789_012_345])('the state stays small with values about %p', (size) => {
      let state = detector.init();
      for (let index = 0; index < 6_000; index += 1) {
        const value = size * (1 + Math.sin(index) / 3) * (index % 97 === 0 ? 0.01 : 0.7);
        state = detector.update(state, { timestamp: START + index * 61_003, value }).state;
      }
      expect(JSON.stringify(state).length).toBeLessThan(LARGEST_STATE_BYTES);
    });

    test.each<[string, DetectorPoint, string]>([
      ['NaN', { timestamp: START + 1, value: Number.NaN }, 'not-finite'],
      ['an infinite value', { timestamp: START + 1, value: Number.NEGATIVE_INFINITY }, 'not-finite'],
      ['a time that is none', { timestamp: Number.NaN, value: 1 }, 'not-finite'],
      ['a value near the largest number', { timestamp: START + 1, value: Number.MAX_VALUE }, 'too-large'],
      ['a duplicate', { timestamp: START, value: 2 }, 'out-of-order'],
      ['a point of the past', { timestamp: START - 1, value: 2 }, 'out-of-order'],
    ])('%s is refused by name and teaches nothing', (_name, point, kind) => {
      const { state } = detector.update(detector.init(), { timestamp: START, value: 1 });
      const before = JSON.stringify(state);

      const verdict = detector.update(state, point);

      expect({ score: verdict.score, kind: verdict.kind, state: JSON.stringify(verdict.state) }).toEqual({
        score: 0,
        kind,
        state: before,
      });
    });

    test('a constant series is never anomalous', () => {
      const points = Array.from({ length: 2_000 }, (_, index) => ({ timestamp: START + index * 60_000, value: 7 }));
      expect(Math.max(...scoresOf(points))).toBeLessThan(0.5);
    });

    test.each([
      ['nothing', null],
      ['another version', { ...detector.init(), version: 99 }],
      ['a broken state', { ...detector.init(), judged: 'many' }],
      ['a state that lacks a part', { version: detector.version }],
    ])('%s is no state to continue', (_name, stored) => {
      expect(() => detector.migrate(stored)).toThrow(RangeError);
    });
  });
}
