import { describe, expect, test } from '@jest/globals';
import { Curve, rateAt } from './curve.ts';

const MINUTE = 60_000;
const at = (curve: unknown, minutes: number): number => rateAt(Curve.parse(curve), minutes * MINUTE, () => 0);

describe('rateAt', () => {
  test('Black Friday: 100 a second in minute one, 100,000 from minute five for 30 minutes, 100 six hours later', () => {
    const curve = { kind: 'black-friday' };
    expect([0, 1, 5, 20, 35].map((minute) => Math.round(at(curve, minute)))).toEqual([
      100, 100, 100_000, 100_000, 100_000,
    ]);
    expect(at(curve, 3)).toBeCloseTo(3_162.3, 1);
    expect(at(curve, 395)).toBeCloseTo(100, 6);
  });

  test('a ramp climbs and stays', () => {
    const curve = { kind: 'ramp', from: '0/s', to: '1000000/min', over: '10s' };
    expect(at(curve, 5 / 60)).toBeCloseTo(8_333.33, 1);
    expect(at(curve, 9)).toBeCloseTo(16_666.67, 1);
  });

  test('a season is highest and lowest when it should be', () => {
    const curve = { kind: 'seasonal', low: '10/s', high: '50/s', highAt: '14h' };
    expect(at(curve, 14 * 60)).toBeCloseTo(50, 9);
    expect(at(curve, 2 * 60)).toBeCloseTo(10, 9);
  });

  test('a CSV is read by the minute, and nothing comes after it', () => {
    const curve = { kind: 'csv', perMinute: 'time,requests\n2026-11-21T00:00,120\n2026-11-21T00:01,60\n' };
    expect([0, 1.5, 2].map((minute) => at(curve, minute))).toEqual([2, 1, 0]);
  });

  test.each(['a\nb', '1\n-2', '1\nNaN', ''])('a CSV of %j is refused', (perMinute) => {
    expect(Curve.safeParse({ kind: 'csv', perMinute }).success).toBe(false);
  });

  test('a climb from nothing is no number that is none', () => {
    const curve = { kind: 'black-friday', floor: '0/s', peak: '10/s' };
    for (const minute of [0, 1, 2, 5, 40, 400]) expect(at(curve, minute)).toBeGreaterThanOrEqual(0);
  });
});
