import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { chunksOf, eventsOf } from './timeline-chunk.ts';

const T0 = Date.UTC(2026, 0, 15, 10);
const event = (index: number, message = `line ${index}`) => ({
  id: String(index).padStart(8, '0'),
  timestamp: T0 + index * 1000,
  message,
});

describe('chunksOf', () => {
  test('cuts by minute and gives every event back in order', () => {
    const events = Array.from({ length: 150 }, (_, index) => event(index));
    const chunks = chunksOf(events.toReversed());
    expect(chunks.map((chunk) => chunk.key.slice(0, 16))).toEqual([
      '2026-01-15T10:00',
      '2026-01-15T10:01',
      '2026-01-15T10:02',
    ]);
    expect(eventsOf(chunks)).toEqual(events);
  });

  test('names a chunk by its events, not by their order or copies', () => {
    const events = [event(1), event(2)];
    expect(chunksOf([event(2), event(1), event(1)])).toEqual(chunksOf(events));
  });

  test('keeps each chunk within what an item holds, whatever the lines', () => {
    const lines = Array.from({ length: 12 }, (_, index) => event(index, randomBytes(90_000).toString('base64')));
    const chunks = chunksOf(lines);
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(chunk.bytes.length).toBeLessThan(390_000);
    expect(eventsOf(chunks)).toEqual(lines);
  });

  test('shortens a line of a megabyte and says so', () => {
    const [kept] = eventsOf(chunksOf([event(1, randomBytes(800_000).toString('base64'))]));
    expect(kept!.message).toMatch(/… \[1066668 bytes; the whole line is in the archive\]$/);
    expect(kept!.message.length).toBeLessThan(263_000);
  });
});
