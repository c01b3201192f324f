import { expect, test } from '@jest/globals';
import { isOtherDay, timelineOf } from './timeline.ts';

type Story = Parameters<typeof timelineOf>[0];

test('lines, spans, messages, findings and changes stand in one order of time; of one instant, what came about first', () => {
  const line = (timestamp: number, message: string) => ({
    timestamp,
    logStream: 's',
    source: 'application' as const,
    message,
    omittedCharacters: 0,
  });
  const story = {
    story: {
      invocation: { startedAt: 15, messages: [{ stream: 'orders', sequenceNumber: '1' }] },
      lines: [line(20, 'second'), line(10, 'first')],
      spans: [{ startedAt: 20, name: 'query' }],
    },
    deploys: [{ version: '8', at: 12 }],
    changes: [{ at: 11, text: 'new code of $LATEST' }],
    findings: [{ openedAt: 20, title: 'slow' }],
    remediations: [{ plannedAt: 20, title: 'more memory' }],
  } as unknown as Story;

  expect(timelineOf(story).map(({ kind, at }) => `${kind} ${at}`)).toEqual([
    'line 10',
    'made 11',
    'deploy 12',
    'message 15',
    'change 20',
    'finding 20',
    'span 20',
    'line 20',
  ]);
});

test('what is of another day than the request is known as such', () => {
  const noon = Date.UTC(2026, 0, 15, 12);
  expect(isOtherDay(noon - 11 * 3_600_000, noon)).toBe(false);
  expect(isOtherDay(noon - 13 * 3_600_000, noon)).toBe(true);
  expect(isOtherDay(noon, undefined)).toBe(false);
});
