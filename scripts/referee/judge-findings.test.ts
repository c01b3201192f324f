import { describe, expect, test } from '@jest/globals';
import { type Finding, judgeFindings } from './judge-findings.ts';

const finding = (rule: string, Level: string, ...path: string[]): Finding => ({
  Filename: 'ingestion.json',
  Level,
  Message: 'is odd',
  Rule: { Id: rule },
  Location: { Path: path },
});

describe('judgeFindings', () => {
  test('a warning is a fault until it is explained', () => {
    const warning = finding('W3005', 'Warning', 'Resources', 'Fn', 'DependsOn');
    expect(judgeFindings([warning], []).faults).toEqual(['W3005 ingestion.json Resources/Fn/DependsOn: is odd']);
    expect(
      judgeFindings([warning], [{ rule: 'W3005', path: '/DependsOn$', reason: 'the framework writes it' }]),
    ).toEqual({
      faults: [],
      explained: 1,
    });
  });

  test('an error cannot be explained', () => {
    const error = finding('E3002', 'Error', 'Resources', 'Fn');
    const { faults } = judgeFindings([error], [{ rule: 'E3002', path: '.*', reason: 'we like it' }]);
    expect(faults[0]).toBe('E3002 ingestion.json Resources/Fn: is odd');
  });

  test('an explanation that nothing needs is a fault', () => {
    expect(judgeFindings([], [{ rule: 'W1', path: 'x', reason: 'once' }]).faults).toEqual([
      'W1 x: allowed, but not found any more',
    ]);
  });
});
