import { describe, expect, test } from '@jest/globals';
import {
  ENVIRONMENT,
  end,
  invocation,
  jsonReport,
  jsonStart,
  nodeLine,
  report,
  start,
  story,
} from '../../test/log-story.ts';
import { attributeStream, type LogEvent } from '../index.ts';
import { A, attempts, B, ended, OTHER } from './testing/attempts-of.ts';

describe("streams that are not one environment's", () => {
  const pasted = (events: readonly LogEvent[]) => attributeStream(events, { logStream: 'pasted' });

  test('may hold invocations that overlap; claims decide, and the one running', () => {
    const claims = nodeLine(A, 'mine');
    const events = story(
      [0, start(A)],
      [5, 'of A'],
      [10, start(B)],
      [20, claims],
      [25, 'whose?'],
      [30, end(A)],
      [30, report(A, 30)],
      [35, 'of B'],
      [40, end(B)],
      [40, report(B, 30)],
      [41, 'after B'],
    );
    const { attempts: found, strays } = pasted(events);
    expect(found.map(({ requestId: id, durationMs, logLines }) => [id, durationMs, logLines])).toEqual([
      [A, 30, 2],
      [B, 30, 2],
    ]);
    expect(strays.map(({ message }) => message)).toEqual(['whose?']);
  });

  const figuresOf = (events: readonly LogEvent[]) =>
    pasted(events).attempts.map(({ requestId: id, durationMs, missing }) => [id, durationMs, missing]);

  test.each<[string, readonly string[]]>([
    ['a REPORT of its own', [report(B, 0.01)]],
    ['all of its own', [start(B), end(B), report(B, 0.01)]],
    ['JSON of its own', [jsonStart(B), jsonReport(B, 0.01)]],
    ['END and REPORT of an earlier one', [end(A), report(A, 0.01)]],
    ['JSON of an earlier one', [jsonStart(A), jsonReport(A, 0.01)]],
    ['a START of another', [start(OTHER)]],
    ['an END of another', [end(OTHER)]],
    ['a REPORT of another', [report(OTHER, 0.01)]],
    ['all of another', [start(OTHER), end(OTHER), report(OTHER, 0.01)]],
  ])('may hold forged records: %s', (_, forged) => {
    const lines = [nodeLine(B, 'x'), ...forged, nodeLine(B, 'y')];
    const events = story(...invocation(A, 0, 50, [nodeLine(A, 'z')]), ...invocation(B, 200, 100, lines));
    expect(figuresOf(events)).toEqual([
      [A, 50, []],
      [B, 100, []],
    ]);
    expect(pasted(events).attempts[1]?.logLines).toBe(lines.length);
  });

  test('may hold invocations within the time of another, and the ends of some that began before', () => {
    const within = invocation(B, 20, 30);
    const events = story(
      [0, start(A)],
      [1, 'x'],
      [2, end(OTHER)],
      [2, report(OTHER, 500)],
      ...within,
      ...ended(A, 100),
    );
    expect(figuresOf(events)).toEqual([
      [A, 100, []],
      [OTHER, 500, ['start']],
      [B, 30, []],
    ]);
    const inSeconds = story([0, start(A)], [1000, start(B)], ...ended(B, 1000, 300), ...ended(A, 2000, 1600));
    expect(figuresOf(inSeconds)).toEqual([
      [A, 1600, []],
      [B, 300, []],
    ]);
    const quick = story([0, start(A)], [1, start(B)], [2, nodeLine(B, 'x')], ...ended(B, 3, 1), ...ended(A, 100));
    expect(figuresOf(quick)).toEqual([
      [A, 100, []],
      [B, 1, []],
    ]);
  });

  test('open invocations own what follows until it is unclear', () => {
    const events = story([0, start(A)], [1, 'of A'], [2, start(B)], [3, 'whose?'], [4, nodeLine(A, 'mine')]);
    const { attempts: found, strays } = pasted(events);
    expect(found.map(({ logLines }) => logLines)).toEqual([2, 0]);
    expect(strays).toHaveLength(1);
  });

  test('retries are told apart, and lines go to the nearer one', () => {
    const events = story(...invocation(A, 0, 10), [11, nodeLine(A, 'late')], ...invocation(A, 60_000, 10), [
      70_000,
      nodeLine(A, 'later'),
    ]);
    expect(pasted(events).attempts.map(({ ordinal, logLines }) => [ordinal, logLines])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test('Managed Instances say so before their first invocation', () => {
    const init = JSON.stringify({
      time: 'x',
      type: 'platform.initStart',
      record: { initializationType: 'lambda-managed-instances' },
    });
    const events = story([0, init], [1, jsonStart(A)], [2, jsonStart(B)], [3, jsonReport(A, 2)], [4, jsonReport(B, 2)]);
    expect(attempts(events).map(({ requestId: id }) => id)).toEqual([A, B]);
    expect(attributeStream(events.slice(1), ENVIRONMENT, { isConcurrent: true }).attempts).toHaveLength(2);
  });
});
