import { describe, expect, test } from '@jest/globals';
import { end, FIRST_AT, jsonStart, nodeLine, report, requestId, start, story } from '../../test/log-story.ts';
import type { Attempt } from '../index.ts';
import { A, attempts, only } from './testing/attempts-of.ts';

describe('records that are missing', () => {
  test.each<[string, [number, string][], Partial<Attempt>]>([
    ['START only', [[0, start(A)]], { status: 'unknown', startedAt: FIRST_AT, missing: ['end', 'report'] }],
    ['END only', [[10, end(A)]], { status: 'unknown', endedAt: FIRST_AT + 10, missing: ['start', 'report'] }],
    ['REPORT only', [[10, report(A, 10)]], { status: 'success', startedAt: FIRST_AT, missing: ['start', 'end'] }],
    [
      'no REPORT',
      [
        [0, start(A)],
        [10, end(A)],
      ],
      { status: 'unknown', missing: ['report'] },
    ],
    [
      'no END',
      [
        [0, start(A)],
        [10, report(A, 10)],
      ],
      { status: 'success', missing: ['end'] },
    ],
    [
      'no START',
      [
        [5, nodeLine(A, 'x')],
        [10, end(A)],
        [10, report(A, 10)],
      ],
      { startedAt: FIRST_AT, logLines: 1, missing: ['start'] },
    ],
    [
      'a REPORT cut short',
      [
        [0, start(A)],
        [9, end(A)],
        [10, `REPORT RequestId: ${A}\tDuration: 1.00 ms`],
      ],
      { missing: ['billed-duration', 'memory-size', 'max-memory-used'] },
    ],
    [
      'a REPORT without figures',
      [
        [0, jsonStart(A)],
        [10, JSON.stringify({ time: '', type: 'platform.report', record: { requestId: A } })],
      ],
      { missing: ['duration', 'billed-duration', 'memory-size', 'max-memory-used'] },
    ],
    [
      'END before START by clock skew',
      [
        [0, end(A)],
        [2000, start(A)],
        [2010, report(A, 10)],
      ],
      { missing: [], durationMs: 10 },
    ],
    [
      'REPORT before START by clock skew',
      [
        [0, end(A)],
        [0, report(A, 10)],
        [2000, start(A)],
      ],
      { missing: [], durationMs: 10 },
    ],
  ])('%s', (_, lines, expected) => {
    expect(only(story(...lines))).toMatchObject(expected);
  });

  test('exports that hold nothing but REPORTs give every invocation', () => {
    const reports = [1, 2, 3].map((index) => [index * 1000, report(requestId(index), 10)] as const);
    expect(attempts(story(...reports)).map(({ missing }) => missing)).toEqual([
      ['start', 'end'],
      ['start', 'end'],
      ['start', 'end'],
    ]);
  });

  test('a runtimeDone tells the outcome while the report is missing', () => {
    const done = JSON.stringify({
      time: 'x',
      type: 'platform.runtimeDone',
      record: { requestId: A, status: 'error', errorType: 'Oops', metrics: { durationMs: 7 } },
    });
    expect(only(story([0, jsonStart(A)], [7, done]))).toMatchObject({
      status: 'error',
      errorType: 'Oops',
      durationMs: 7,
      missing: ['report'],
    });
  });
});
