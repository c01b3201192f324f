import { expect, test } from '@jest/globals';
import { mergeSources, type StreamPart } from './merge-sources.ts';

const HEX = '0123456789abcdef';
/** What a call leaves behind: it begins, prints what every call prints, and ends. */
const callOf = (call: number): string[] => {
  const id = `7c9567b5-107b-4a6c-8798-0157ac21db5${HEX[call]}`;
  return [
    `START RequestId: ${id} Version: $LATEST`,
    'hello',
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\tDuration: 3.16 ms`,
  ];
};
const MESSAGES = [0, 1, 2, 3, 4, 5].flatMap(callOf);
const EVENTS = MESSAGES.map((message, at) => ({ timestamp: 1_000 * Math.floor(at / 4), message }));

const part = (name: string, from: number, to: number, change: Partial<StreamPart> = {}): StreamPart => ({
  logGroup: '/aws/lambda/orders',
  logStream: `replay/${name}`,
  events: EVENTS.slice(from, to),
  isTimed: true,
  isStreamNamed: false,
  ...change,
});
/** Made-up times are those of the file. */
const untimed = (name: string, from: number, to: number, writtenAt: number): StreamPart =>
  part(name, from, to, {
    events: EVENTS.slice(from, to).map(({ message }, at) => ({ timestamp: writtenAt + at, message })),
    isTimed: false,
  });

test.each<[string, readonly StreamPart[]]>([
  ['the same download under two names', [part('a', 0, 24), part('b', 0, 24)]],
  ['downloads that overlap in the middle of a call', [part('a', 0, 14), part('b', 9, 24)]],
  ['downloads in the wrong order', [part('b', 9, 24), part('a', 0, 14)]],
  ['a download of a part of another', [part('a', 8, 12), part('b', 0, 24)]],
  ['a download beside an export', [part('a', 4, 24), part('s', 0, 20, { logStream: 's', isStreamNamed: true })]],
  ['text without times, pasted twice', [untimed('a', 0, 24, 5), untimed('b', 0, 24, 7_000)]],
  ['texts without times that overlap', [untimed('a', 0, 13, 5), untimed('b', 6, 24, 7_000)]],
  ['texts without times in the wrong order', [untimed('b', 6, 24, 7_000), untimed('a', 0, 13, 5)]],
  ['text without times beside a download', [untimed('a', 4, 24, 5), part('b', 0, 20)]],
])('%s: each event counts once', (_, parts) => {
  const { sources, repeated } = mergeSources(parts);

  const texts = sources.flatMap(({ events }) => events.map(({ message }) => message));
  expect(texts.sort()).toEqual(MESSAGES.toSorted());
  expect(repeated).toBe(parts.reduce((sum, { events }) => sum + events.length, 0) - MESSAGES.length);
});

test('downloads that overlap are one stream', () => {
  const { sources } = mergeSources([part('a', 0, 14), part('b', 9, 24)]);

  expect(sources).toMatchObject([{ logStream: 'replay/a', events: EVENTS }]);
});

test.each<[string, readonly StreamPart[]]>([
  ['of two log groups', [part('a', 0, 24), part('b', 0, 24, { logGroup: '/aws/lambda/other' })]],
  ['of two calls', [part('a', 0, 4), part('b', 4, 8)]],
  [
    'printed at one instant in two environments',
    [part('a', 1, 2), part('b', 1, 2), part('c', 1, 2, { isTimed: false })],
  ],
])('events %s are not taken for each other', (_, parts) => {
  expect(mergeSources(parts)).toMatchObject({ repeated: 0, sources: parts.map(({ events }) => ({ events })) });
});
