import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KinesisRecord } from '../../kinesis/kinesis-peer.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { type Attempt, afterAttempt, newWork, type StreamWork } from './stream-work.ts';

const settings = (given: Partial<MappingSettings>): MappingSettings => ({
  functionName: 'reader',
  eventSourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/telemetry',
  source: 'kinesis',
  isEnabled: true,
  batchSize: 100,
  batchingWindowSeconds: 0,
  startingPosition: 'TRIM_HORIZON',
  parallelizationFactor: 1,
  maximumRetryAttempts: 0,
  maximumRecordAgeSeconds: -1,
  bisectsOnError: false,
  reportsItemFailures: false,
  filters: [],
  ...given,
});

const records = (count: number): KinesisRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    sequenceNumber: String(index).padStart(4, '0'),
    partitionKey: 'lamp',
    data: Buffer.from(''),
    arrivedAt: 0,
  }));

const numbers = (list: readonly KinesisRecord[]) => list.map(({ sequenceNumber }) => sequenceNumber);

/** Plays a function that fails on poison, by throwing or by naming its first poisonous record. */
function play(
  work: StreamWork,
  poison: ReadonlySet<string>,
  options: { readonly names: boolean; readonly settings: MappingSettings },
) {
  const done: string[] = [];
  const discarded: string[] = [];
  let queue: readonly StreamWork[] = [work];
  let attempts = 0;
  for (let next = queue[0]; next; next = queue[0]) {
    attempts += 1;
    const first = next.records.findIndex(({ sequenceNumber }) => poison.has(sequenceNumber));
    const attempt: Attempt =
      first < 0
        ? { kind: 'all-done' }
        : options.names
          ? { kind: 'some-failed', failed: new Set([next.records[first]!.sequenceNumber]) }
          : 'threw';
    const steps = afterAttempt(next, attempt, options.settings, 0);
    const left = new Set([
      ...steps.remaining.flatMap(({ records: some }) => numbers(some)),
      ...numbers(steps.discarded ?? []),
    ]);
    done.push(...numbers(next.records).filter((number) => !left.has(number)));
    discarded.push(...numbers(steps.discarded ?? []));
    queue = [...steps.remaining, ...queue.slice(1)];
  }
  return { done, discarded, attempts };
}

const cases = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  poisonous: fc.array(fc.nat({ max: 39 }), { maxLength: 5 }),
  names: fc.boolean(),
  retries: fc.integer({ min: 0, max: 3 }),
});

describe('a batch, however it fails', () => {
  test('with bisect: every healthy record is done once, every poisonous one is given up alone, in order', () => {
    fc.assert(
      fc.property(cases, ({ count, poisonous, names, retries }) => {
        const all = records(count);
        const poison = new Set(poisonous.filter((index) => index < count).map((index) => all[index]!.sequenceNumber));
        const given = settings({ bisectsOnError: true, maximumRetryAttempts: retries });

        const { done, discarded } = play(newWork(all), poison, { names, settings: given });

        expect(done).toEqual(numbers(all).filter((number) => !poison.has(number)));
        expect(discarded).toEqual([...poison].sort());
      }),
    );
  });

  test('without bisect: each record is done or given up exactly once, and all before the first poison are done', () => {
    fc.assert(
      fc.property(cases, ({ count, poisonous, names, retries }) => {
        const all = records(count);
        const poison = new Set(poisonous.filter((index) => index < count).map((index) => all[index]!.sequenceNumber));

        const { done, discarded, attempts } = play(newWork(all), poison, {
          names,
          settings: settings({ maximumRetryAttempts: retries }),
        });

        expect([...done, ...discarded].sort()).toEqual(numbers(all));
        expect(attempts).toBeLessThanOrEqual(retries + 1);
        const firstPoison = numbers(all).findIndex((number) => poison.has(number));
        if (names && retries >= 1) expect(done).toEqual(numbers(all).slice(0, firstPoison < 0 ? count : firstPoison));
      }),
    );
  });
});
