import { describe, expect, test } from '@jest/globals';
import type { AlarmSettings } from './alarm.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';

const settings = (change: Partial<AlarmSettings>): AlarmSettings => ({
  AlarmName: 'a',
  EvaluationPeriods: 3,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
  ...change,
});

/** `X` breaches, `0` does not, `-` is missing. */
const points = (text: string) =>
  [...text].map((letter) => ({ X: 11, '0': 1 })[letter as 'X' | '0'] as number | undefined);

describe('evaluateAlarm', () => {
  // Tables "3 out of 3" and "2 out of 3" of AWS's page on missing data; "keep" stands for the state that was.
  test.each([
    ['0-X-X', 3, ['OK', 'OK', 'OK', 'OK']],
    ['----0', 3, ['OK', 'OK', 'OK', 'OK']],
    ['-----', 3, ['INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK']],
    ['0XX-X', 3, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['--X--', 3, ['ALARM', 'keep', 'ALARM', 'OK']],
    ['0-X-X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['00X0X', 2, ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0-X--', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['----0', 2, ['OK', 'OK', 'ALARM', 'OK']],
    ['---X-', 2, ['ALARM', 'keep', 'ALARM', 'OK']],
    ['----X', 3, ['keep', 'keep', 'ALARM', 'OK']],
  ])('%s with %i out of 3', (text, needed, [missing, ignore, breaching, notBreaching]) => {
    const keep = 'INSUFFICIENT_DATA';
    const evaluate = (TreatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching') =>
      evaluateAlarm(settings({ DatapointsToAlarm: needed, TreatMissingData }), points(text), keep);
    const expected = { missing, ignore, breaching, notBreaching };
    for (const treat of ['missing', 'ignore', 'breaching', 'notBreaching'] as const) {
      expect([treat, evaluate(treat)]).toEqual([treat, expected[treat] === 'keep' ? keep : expected[treat]]);
    }
  });

  test.each([
    ['GreaterThanOrEqualToThreshold', 10, 'ALARM'],
    ['GreaterThanThreshold', 10, 'OK'],
    ['LessThanThreshold', 9, 'ALARM'],
    ['LessThanOrEqualToThreshold', 10, 'ALARM'],
  ] as const)('%s %i is %s', (ComparisonOperator, value, state) => {
    expect(evaluateAlarm(settings({ ComparisonOperator, EvaluationPeriods: 1 }), [value], 'OK')).toBe(state);
  });
});
