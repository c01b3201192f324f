import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeSources, type StreamPart } from './merge-sources.ts';

const PLACE = { logGroup: '/aws/lambda/orders', logStream: 's', isTimed: true, isStreamNamed: true };
const exported = fc.array(
  fc.record({ timestamp: fc.integer({ min: 0, max: 3 }), message: fc.constantFrom('a', 'b\n', 'c') }),
  { maxLength: 8 },
);
/** Real ids are unique in a stream. */
const withIds = exported.map((events) => events.map((event, index) => ({ id: `id-${index}`, ...event })));

function merge(...parts: readonly (Partial<StreamPart> & Pick<StreamPart, 'events'>)[]) {
  return mergeSources(parts.map((part) => ({ ...PLACE, ...part })));
}

const texts = (events: readonly { timestamp: number; message: string }[]): string[] =>
  events.map((event) => `${event.timestamp} ${event.message.trimEnd()}`).sort();

describe('mergeSources', () => {
  test('an export that is given twice, in parts that overlap, counts once', () => {
    fc.assert(
      fc.property(exported, fc.nat(8), fc.nat(8), (events, from, to) => {
        const { sources, repeated } = merge({ events }, { events: events.slice(from, to) });

        expect(texts(sources[0]?.events ?? [])).toEqual(texts(events));
        expect(repeated).toBe(events.slice(from, to).length);
      }),
    );
  });

  test('an export without ids adds nothing to the same events with ids', () => {
    fc.assert(
      fc.property(withIds, (events) => {
        const plain = events.map(({ timestamp, message }) => ({ timestamp, message: message.trimEnd() }));

        const { sources } = merge({ events: plain }, { events }, { events });

        expect(sources.flatMap((source) => source.events).filter((event) => event.id === undefined)).toEqual([]);
        expect(sources.flatMap((source) => source.events)).toHaveLength(events.length);
      }),
    );
  });

  test('a line that one input holds twice stays two events', () => {
    const line = { timestamp: 1, message: 'tick' };

    expect(merge({ events: [line, line] }, { events: [line] }).sources).toMatchObject([{ events: [line, line] }]);
  });

  test('events under a made-up time are never taken for each other', () => {
    const line = { timestamp: 1, message: 'tick' };

    expect(merge({ events: [line], isTimed: false }, { events: [line], isTimed: false }).repeated).toBe(0);
  });

  test('two events under one made-up id are both kept', () => {
    const events = [
      { id: 'eventId1', timestamp: 1, message: 'a' },
      { id: 'eventId1', timestamp: 2, message: 'b' },
    ];

    expect(merge({ events }).sources[0]?.events).toEqual([events[0], { timestamp: 2, message: 'b' }]);
  });

  test('an input that knows the owner of a log group tells the others', () => {
    const { sources } = merge(
      { owner: '111122223333', events: [{ timestamp: 1, message: 'a' }] },
      { events: [{ timestamp: 2, message: 'b' }] },
    );

    expect(sources).toMatchObject([{ owner: '111122223333', events: [{ message: 'a' }, { message: 'b' }] }]);
  });
});
