import { describe, expect, test } from '@jest/globals';
import { end, jsonReport, jsonStart, report, requestId, start, story } from '../../test/log-story.ts';
import { attempts } from './testing/attempts-of.ts';

const [A, B] = [requestId(1), requestId(2)];
const IMPORT_ERROR =
  "[ERROR] Runtime.ImportModuleError: Unable to import module 'search'\nTraceback (most recent call last):";
const initReport = (phase: string, durationMs = 80.49) =>
  `INIT_REPORT Init Duration: ${durationMs} ms\tPhase: ${phase}\tStatus: error\tError Type: Runtime.ImportModuleError\n`;
const failed = (id: string, atMs: number): [number, string][] => [
  [atMs, start(id)],
  [atMs + 2, end(id)],
  [atMs + 2, report(id, 85, 'Status: error\tError Type: Runtime.ImportModuleError')],
];

describe('what an initialisation printed that only its INIT_REPORT tells', () => {
  test('belongs to the invocation behind it, and names its failure', () => {
    const events = story(
      [101, IMPORT_ERROR],
      [102, initReport('init')],
      [201, IMPORT_ERROR],
      [202, initReport('invoke')],
      ...failed(A, 203),
      [60_000, IMPORT_ERROR],
      [60_001, initReport('invoke')],
      ...failed(B, 60_002),
    );
    const told = { status: 'init-error', errorMessage: "Unable to import module 'search'" };
    expect(attempts(events)).toMatchObject([
      { requestId: A, logLines: 2, ...told },
      { requestId: B, logLines: 1, ...told },
    ]);
  });

  test('is not what the invocation before printed late, before it began', () => {
    const events = story(
      ...failed(A, 0),
      [5, 'flushed'],
      [60_000, 'loading'],
      [60_010, initReport('invoke', 12)],
      ...failed(B, 60_011),
    );
    expect(attempts(events).map(({ logLines }) => logLines)).toEqual([1, 1]);
  });
});

test('an environment that was provisioned had no cold start, however it was initialised', () => {
  const initStart = (initializationType: string) =>
    JSON.stringify({ time: 'x', type: 'platform.initStart', record: { initializationType, phase: 'init' } });
  const coldStart = (type: string) =>
    attempts(story([0, initStart(type)], [300_000, jsonStart(A)], [300_020, jsonReport(A, 20)]))[0]?.coldStart;
  expect(coldStart('provisioned-concurrency')).toBe(false);
  expect(coldStart('on-demand')).toBe(true);
});
