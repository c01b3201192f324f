import { expect, test } from '@jest/globals';
import { timelineOf } from './timeline.ts';

type Story = Parameters<typeof timelineOf>[0];

test('lines, spans, findings and changes stand in one order of time; of one instant, what came about first', () => {
  const line = (timestamp: number, message: string) => ({
    timestamp,
    logStream: 's',
    source: 'application' as const,
    message,
    omittedCharacters: 0,
  });
  const story = {
    story: { lines: [line(20, 'second'), line(10, 'first')], spans: [{ startedAt: 20, name: 'query' }] },
    findings: [{ openedAt: 20, title: 'slow' }],
    remediations: [{ plannedAt: 20, title: 'more memory' }],
  } as unknown as Story;

  expect(timelineOf(story).map(({ kind, at }) => `${kind} ${at}`)).toEqual([
    'line 10',
    'change 20',
    'finding 20',
    'span 20',
    'line 20',
  ]);
});
