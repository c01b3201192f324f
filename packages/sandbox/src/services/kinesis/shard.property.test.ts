import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VirtualClock } from '../../core/time/virtual-clock.ts';
import { Stream } from './stream.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 1));
const newStream = (shardCount: number) => new Stream({ name: 's', arn: 'arn', mode: 'PROVISIONED', shardCount }, clock);

test('every hash key has one shard, whatever their number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (count, hashKey) => {
      const { shards } = newStream(count);

      const owners = shards.filter((shard) => shard.startingHashKey <= hashKey && hashKey <= shard.endingHashKey);

      expect(owners).toHaveLength(1);
    }),
  );
});

test('a shard read in any steps gives each of its records once, in the order of their sequence numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (keys, limit) => {
      const stream = newStream(3);
      for (const key of keys) stream.put(Buffer.from(key), key);

      const read = stream.shards.flatMap((shard) => {
        const numbers: string[] = [];
        for (let next = 0; next < shard.end; ) {
          const page = shard.read(next, limit);
          numbers.push(...page.records.map((record) => record.sequenceNumber));
          next = page.next;
        }
        expect(numbers).toEqual(numbers.toSorted());
        return numbers;
      });

      expect(new Set(read).size).toBe(keys.length);
    }),
  );
});
