import { describe, expect, test } from '@jest/globals';
import {
  ENVIRONMENT,
  end,
  FIRST_AT,
  INIT_START,
  invocation,
  jsonReport,
  jsonStart,
  nodeLine,
  report,
  requestId,
  start,
  story,
} from '../../test/log-story.ts';
import { type Attempt, attributeStream, type LogEvent } from '../index.ts';
import { A, attempts, B, only } from './testing/attempts-of.ts';

describe('one invocation', () => {
  test('is told with all its figures', () => {
    const trace = 'Init Duration: 166.62 ms\t\nXRAY TraceId: 1-5d9d007f-0a8c\tSegmentId: 3d75\tSampled: true\t';
    const events = story(
      [0, INIT_START],
      [170, start(A, '72')],
      [200, nodeLine(A, 'hello')],
      [300, end(A)],
      [300, report(A, 128.83, trace)],
    );
    expect(only(events)).toEqual({
      requestId: A,
      logStream: ENVIRONMENT.logStream,
      ordinal: 0,
      startedAt: FIRST_AT + 170,
      endedAt: FIRST_AT + 300,
      version: '72',
      durationMs: 128.83,
      billedDurationMs: 129,
      memorySizeMb: 128,
      maxMemoryUsedMb: 60,
      initDurationMs: 166.62,
      coldStart: true,
      runtimeVersion: 'nodejs:22.v122',
      status: 'success',
      traceId: '1-5d9d007f-0a8c',
      segmentId: '3d75',
      sampled: true,
      messages: [],
      logLines: 1,
      eventCount: 5,
      missing: [],
    });
  });

  test('shows its lines in order, tagged', () => {
    const events = story([0, INIT_START], ...invocation(A, 100, 50, ['plain', nodeLine(A, 'careful', 'WARN')]));
    const attribution = attributeStream(events.toReversed(), ENVIRONMENT);
    const lines = attribution.linesOf(attribution.attempts[0] as Attempt);
    expect(lines.map(({ event, source, level }) => [event.id, source, level])).toEqual(
      events.map(({ id, message }) => {
        if (message === 'plain') return [id, 'application', undefined];
        return message.includes('careful') ? [id, 'application', 'WARN'] : [id, 'platform', undefined];
      }),
    );
  });

  test('has no lines for an attempt of another attribution', () => {
    const [attempt] = attempts(story(...invocation(A, 0, 10)));
    expect(attributeStream([], ENVIRONMENT).linesOf(attempt as Attempt)).toEqual([]);
  });

  test('of the JSON format has no END to miss', () => {
    const done = JSON.stringify({
      time: '2026-10-08T07:30:00Z',
      type: 'platform.runtimeDone',
      record: { requestId: A, status: 'success' },
    });
    expect(only(story([0, jsonStart(A)], [5, '{"message":"hi"}'], [9, done], [10, jsonReport(A, 10)]))).toMatchObject({
      version: '7',
      status: 'success',
      durationMs: 10,
      logLines: 1,
      eventCount: 4,
      missing: [],
    });
  });

  test('names the messages it processed', () => {
    const record = (seq: string) => ({
      kinesis: { sequenceNumber: seq },
      eventID: `shardId-000000000006:${seq}`,
      eventSourceARN: 'arn:stream',
    });
    const events = story(
      ...invocation(A, 0, 100, [
        JSON.stringify({ message: 'took', sequenceNumber: '10', stream: 'orders' }),
        JSON.stringify({ Records: [record('9'), record('9')] }),
        'done sequenceNumber=8 stream=orders',
        'a consequence of Id-0',
      ]),
    );
    expect(only(events).messages).toEqual([
      { stream: 'arn:stream', sequenceNumber: '9' },
      { stream: 'orders', sequenceNumber: '8' },
      { stream: 'orders', sequenceNumber: '10' },
    ]);
  });

  test('takes its trace id from a torn off XRAY line, else from a structured line', () => {
    const xray = 'XRAY TraceId: 1-5e7e\tSegmentId: 0152\tSampled: true';
    expect(only(story(...invocation(A, 0, 10), [10, xray]))).toMatchObject({
      traceId: '1-5e7e',
      segmentId: '0152',
      sampled: true,
    });
    const logged = JSON.stringify({ level: 'INFO', message: 'x', xray_trace_id: '1-abc' });
    expect(only(story(...invocation(A, 0, 10, ['{"traceId":5}', logged])))).toMatchObject({ traceId: '1-abc' });
    expect(only(story(...invocation(A, 0, 10, [xray]))).traceId).toBeUndefined();
  });
});

describe('retries', () => {
  test('of one request in one stream are attempts of their own', () => {
    const events = story(
      ...invocation(A, 0, 100),
      ...invocation(B, 30_000, 10),
      ...invocation(A, 60_000, 50),
      ...invocation(A, 180_000, 40),
    );
    expect(attempts(events).map(({ requestId: id, ordinal, durationMs }) => [id, ordinal, durationMs])).toEqual([
      [A, 0, 100],
      [B, 0, 10],
      [A, 1, 50],
      [A, 2, 40],
    ]);
  });

  test('do not swallow the invocations between them when the first REPORT is lost', () => {
    const between = [3, 4, 5, 6].flatMap((index) => invocation(requestId(index), index * 1000, 10));
    const events = story([0, start(A)], ...between, ...invocation(A, 60_000, 50));
    expect(attempts(events)).toHaveLength(6);
  });
});

describe('lines without an id', () => {
  const sent = (events: readonly LogEvent[]) => {
    const attribution = attributeStream(events, ENVIRONMENT);
    const owned = attribution.attempts.map((attempt) => [
      attempt.requestId,
      attribution
        .linesOf(attempt)
        .filter(({ source }) => source === 'application')
        .map(({ event }) => event.message),
    ]);
    return { ...Object.fromEntries(owned), strays: attribution.strays.map(({ message }) => message) };
  };

  test('go to the bracket, after the REPORT to the one before, after an initialisation to the next', () => {
    const events = story(
      [0, INIT_START],
      [1, 'loading'],
      ...invocation(A, 100, 50, ['working']),
      [160, 'flushed'],
      [900, INIT_START],
      [901, 'again'],
      ...invocation(B, 1000, 50),
    );
    expect(sent(events)).toEqual({ [A]: ['loading', 'working', 'flushed'], [B]: ['again'], strays: [] });
  });

  test('before the first START need no INIT_START when they are near it', () => {
    const events = story([0, 'long ago'], [100_000, 'just before'], ...invocation(A, 110_000, 10));
    expect(sent(events)).toEqual({ [A]: ['just before'], strays: ['long ago'] });
  });

  test('that nobody can own are strays', () => {
    expect(sent(story([0, 'alone'], [1, nodeLine(A, 'x')]))).toEqual({ strays: ['alone', nodeLine(A, 'x')] });
    const idle = story(...invocation(A, 0, 10), [600_000, '[runtime] SIGTERM received'], [900_000, INIT_START]);
    expect(sent(idle)).toEqual({ [A]: [], strays: ['[runtime] SIGTERM received', INIT_START] });
  });

  test('follow an open START', () => {
    expect(sent(story([0, start(A)], [1, 'still here'], [800_000, 'and here']))).toEqual({
      [A]: ['still here', 'and here'],
      strays: [],
    });
  });

  test('a claim decides between neighbours, and nothing inside a bracket', () => {
    const claimsB = nodeLine(B, 'claims B');
    const claimsA = nodeLine(A, 'claims A');
    const events = story(
      ...invocation(A, 0, 10, [claimsB]),
      [15, claimsB],
      [20, INIT_START],
      [21, claimsA],
      ...invocation(B, 30, 10),
    );
    expect(sent(events)).toEqual({ [A]: [claimsB, claimsA], [B]: [claimsB], strays: [] });
  });
});
