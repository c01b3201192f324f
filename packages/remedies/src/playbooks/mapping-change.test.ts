import { describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import type { Playbook } from '../playbook.ts';
import type { MappingSettings, RemedyContext } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { mappingParallelisation, mappingPause } from './event-source-mapping.ts';
import { kinesisCapacity } from './kinesis-capacity.ts';
import { mappingBatch } from './mapping-batch.ts';
import { mappingConcurrency } from './mapping-concurrency.ts';

const ARN = 'arn:aws:';
const mapping = (uuid: string, source: string, more: Partial<MappingSettings> = {}): MappingSettings => ({
  ...{ uuid, sourceArn: `${ARN}${source}`, enabled: true, batchSize: 10 },
  ...more,
});
const JOBS = mapping('jobs', 'sqs:us-east-1:1:jobs', { retentionS: 345_600 });
const BOOKINGS = mapping('bookings', 'kinesis:us-east-1:1:stream/bookings');

function proposed(
  playbook: Playbook,
  kind: Finding['class'],
  mappings: readonly MappingSettings[],
  { finding, ...more }: Partial<Omit<RemedyContext, 'finding'>> & { readonly finding?: Partial<Finding> } = {},
) {
  return playbook.propose({
    finding: aFinding(kind, finding),
    now: 0,
    traffic: { ...CALM, peakConcurrency: 40 },
    normal: { ...CALM, peakConcurrency: 4 },
    function: aFunction({ functionName: 'reader', mappings }),
    ...more,
  });
}

describe('which of several sources is meant', () => {
  const named = { causes: [{ kind: 'message' as const, name: `${BOOKINGS.sourceArn}:4958`, evidence: [] }] };

  test.each<[string, readonly MappingSettings[], Partial<Finding>, string | undefined]>([
    ['the only one', [JOBS], {}, 'jobs'],
    ['the only one that is read', [{ ...JOBS, enabled: false }, BOOKINGS], {}, 'bookings'],
    ['the one that the finding names', [JOBS, BOOKINGS], named, 'bookings'],
    ['nobody can say where none is named', [JOBS, BOOKINGS], {}, undefined],
    [
      'a name that is part of another one is not named',
      [JOBS, mapping('new', 'sqs:us-east-1:1:jobs-new')],
      { evidence: [{ text: 'jobs-new is full' }] },
      'new',
    ],
  ])('%s', (_, mappings, finding, uuid) => {
    const change = proposed(mappingPause, 'retry-storm', mappings, { finding })?.change;

    expect(change === undefined ? undefined : (change as { uuid: string }).uuid).toBe(uuid);
  });
});

test.each<[string, MappingSettings, boolean]>([
  ['a queue that keeps its messages for days', JOBS, false],
  ['a queue that keeps them for hardly longer than the pause', { ...JOBS, retentionS: 3_599 }, true],
  ['a queue of which nobody knows it', mapping('jobs', 'sqs:us-east-1:1:jobs'), true],
  ['a stream', BOOKINGS, false],
])('a pause is refused where messages would be gone: %s', (_, source, isRefused) => {
  const proposal = proposed(mappingPause, 'retry-storm', [source]);

  expect(proposal).toBeDefined();
  expect(proposal?.obstacle !== undefined).toBe(isRefused);
});

test.each<[string, number, number, number | undefined]>([
  ['four times as many where there is room', 10, 100, 40],
  ['no more than half of the timeout lets', 10, 700, 20],
  ['none where a larger batch would be stopped', 10, 900, undefined],
  ['none beyond what Lambda takes', 10_000, 100, undefined],
  ['none where nobody called', 10, 0, undefined],
])('a reader that falls behind gets larger batches: %s', (_, batchSize, p95Ms, expected) => {
  const context = { traffic: { ...CALM, p95Ms } };
  const proposal = proposed(mappingBatch, 'iterator-age', [{ ...BOOKINGS, batchSize }], context);

  expect(proposal?.change).toEqual(
    expected && { kind: 'event-source-mapping', uuid: 'bookings', functionName: 'reader', batchSize: expected },
  );
});

describe('a queue whose reader floods what stands behind it', () => {
  test.each<[string, readonly MappingSettings[], Partial<RemedyContext>, number | undefined]>([
    ['is read no more than half as much again as usual', [JOBS], {}, 6],
    ['is read half as much where the usual is not known', [JOBS], { normal: undefined as never }, 20],
    ['is read by two at least', [JOBS], { normal: { ...CALM, peakConcurrency: 1 } }, 2],
    ['has a lower limit already', [{ ...JOBS, maximumConcurrency: 5 }], {}, undefined],
    ['is one of several', [JOBS, mapping('other', 'sqs:us-east-1:1:other')], {}, undefined],
    [
      'is not all that calls it',
      [JOBS],
      { api: { protocol: 'HTTP', apiId: 'a', stage: 's', isShared: false } },
      undefined,
    ],
    ['is a stream', [BOOKINGS], {}, undefined],
  ])('%s', (_, mappings, more, maximumConcurrency) => {
    const { finding: _own, ...context } = more;
    const change = proposed(mappingConcurrency, 'connection-pressure', mappings, context)?.change;

    expect(change && 'maximumConcurrency' in change ? change.maximumConcurrency : undefined).toBe(maximumConcurrency);
  });
});

describe('the stream whose shards are doubled', () => {
  const OTHER = mapping('other', 'kinesis:us-east-1:1:stream/other');
  const causes = [{ kind: 'message' as const, name: 'bookings', evidence: [] }];
  const stream = { streamName: 'bookings', mode: 'PROVISIONED' as const, shards: 2 };

  test.each<[string, readonly MappingSettings[], Partial<Finding>, number | undefined]>([
    ['is the only one that is read', [BOOKINGS, { ...OTHER, enabled: false }], {}, 4],
    ['is the one that the finding names', [OTHER, BOOKINGS], { causes }, 4],
    ['is not named among several', [BOOKINGS, OTHER], {}, undefined],
    ['is not read any more', [{ ...BOOKINGS, enabled: false }, OTHER], {}, undefined],
    ['is no table', [mapping('t', 'dynamodb:us-east-1:1:table/bookings/stream/2026')], {}, undefined],
    ['is read by nobody', [], {}, undefined],
  ])('%s', (_, mappings, finding, shards) => {
    const change = proposed(kinesisCapacity, 'iterator-age', mappings, { finding, stream })?.change;

    expect(change && 'shards' in change ? change.shards : undefined).toBe(shards);
  });
});

test('of how soon calls are done it is told which calls are meant', () => {
  expect(proposed(mappingBatch, 'iterator-age', [BOOKINGS])?.reason).toBe(
    'It falls behind, and of the calls that met a running environment, 95 % are done in 100 ms of the 3 s that they have.',
  );
});

test('the patch stands with the event that makes the mapping', () => {
  expect(proposed(mappingParallelisation, 'iterator-age', [BOOKINGS])?.patch).toBe(
    [
      'functions:',
      '  your-function: # deployed as reader',
      '    events:',
      '      - stream:',
      '          arn: arn:aws:kinesis:us-east-1:1:stream/bookings',
      '          parallelizationFactor: 2',
      '',
    ].join('\n'),
  );
});

describe('a stream that is read by enhanced fan-out', () => {
  const CONSUMER = mapping('fan-out', 'kinesis:us-east-1:1:stream/bookings/consumer/reader:1700000000');
  const read = (mode: 'PROVISIONED' | 'ON_DEMAND', shards: number, consumers?: number) =>
    proposed(kinesisCapacity, 'iterator-age', [CONSUMER], {
      stream: { streamName: 'bookings', mode, shards, ...(consumers && { consumers }) },
    });

  test('gets twice the shards, each of which its consumers pay for too', () => {
    const [shared, fanOut] = [read('PROVISIONED', 3), read('PROVISIONED', 3, 2)];

    expect(fanOut?.change).toEqual({ kind: 'kinesis-capacity', streamName: 'bookings', shards: 6 });
    expect(shared?.costPerHourUsd).toBeCloseTo(3 * 0.015);
    expect(fanOut?.costPerHourUsd).toBeCloseTo(3 * (0.015 + 2 * 0.015));
  });

  test('goes on demand where it is large, at the price of what its consumers get', () => {
    const [shared, fanOut] = [read('PROVISIONED', 40), read('PROVISIONED', 40, 1)];

    expect(fanOut?.change).toMatchObject({ mode: 'ON_DEMAND' });
    expect(fanOut!.costPerHourUsd - shared!.costPerHourUsd).toBeCloseTo(40 * (3.6 * (0.05 - 0.013) - 0.015));
  });

  test('is called by its name, not by that of its consumer', () => {
    expect(proposed(mappingPause, 'retry-storm', [CONSUMER])?.title).toContain('Pause the reading of bookings by');
  });
});
