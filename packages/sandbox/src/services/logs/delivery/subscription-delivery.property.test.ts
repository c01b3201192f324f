import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Peers } from '../../../core/peers.ts';
import { ApiError } from '../../../core/service.ts';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import { serviceContext } from '../../../testing/service-context.ts';
import { compileFilterPattern } from '../filter-pattern/filter-pattern.ts';
import { LogStore } from '../log-store.ts';
import { SubscriptionDelivery } from './subscription-delivery.ts';

const shapes = fc.record({
  flushIntervalMs: fc.integer({ min: 1, max: 1_000 }),
  maxEventsPerPayload: fc.integer({ min: 1, max: 20 }),
  randomSplits: fc.boolean(),
  shuffle: fc.boolean(),
  duplicateProbability: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer(),
});

/** Which stream each write goes to. */
const writes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 });

test('every event arrives at least once, in its stream’s order unless shuffled, whatever the shape and the throttling', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, writes, fc.integer({ min: 0, max: 5 }), async (shape, streams, throttles) => {
      const clock = new VirtualClock(Date.UTC(2026, 0, 1));
      const metrics = { put: () => undefined };
      const context = serviceContext({ clock, peers: { metrics } as unknown as Peers });
      const store = new LogStore(context);
      const group = store.createGroup('g');
      const arrived: { logStream: string; message: string }[] = [];
      let refusals = throttles;
      const destination = {
        type: 'Kinesis' as const,
        arn: 'arn',
        distribution: 'ByLogStream' as const,
        maxPayloadBytes: 1_000_000,
        verify: async () => undefined,
        async send(payload: Buffer) {
          if (refusals-- > 0) throw new ApiError('ProvisionedThroughputExceededException', 'slow down');
          const { logStream, logEvents } = JSON.parse(gunzipSync(payload).toString());
          for (const { message } of logEvents) arrived.push({ logStream, message });
        },
      };
      const pattern = compileFilterPattern('');
      const subscription = {
        name: 'f',
        filterPattern: '',
        pattern,
        destination,
        createdAt: 0,
        isAccountPolicy: false,
        disabledUntil: 0,
      };
      const delivery = new SubscriptionDelivery(context);
      delivery.reshape(shape);
      for (const [index, stream] of streams.entries()) {
        const name = `stream-${stream}`;
        const events = store.append(group, group.streams.get(name) ?? store.createStream(group, name), [
          { timestamp: index, message: String(index) },
        ]);
        delivery.collect(group, '123456789012', [subscription], events);
      }
      await clock.advance(3_600_000);

      expect([...new Set(arrived.map(({ message }) => message))].sort()).toEqual(
        streams.map((_, index) => String(index)).sort(),
      );
      if (shape.shuffle) return;
      for (const name of new Set(arrived.map(({ logStream }) => logStream))) {
        const first = [
          ...new Set(arrived.filter(({ logStream }) => logStream === name).map(({ message }) => Number(message))),
        ];
        expect(first).toEqual(first.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 100 },
  );
});
