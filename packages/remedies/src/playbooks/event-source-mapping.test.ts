import { expect, test } from '@jest/globals';
import { AnomalyDetected } from '@lamplighter/contracts';
import type { MappingSettings, RemedyContext, Traffic } from '../remedy-context.ts';
import { mappingBisect } from './event-source-mapping.ts';

const TRAFFIC: Traffic = {
  minutes: 5,
  callsPerMinute: 20,
  peakConcurrency: 2,
  p50Ms: 40,
  p95Ms: 100,
  maxMs: 400,
  failureShare: 0.5,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0,
  maxMemoryUsedMb: 90,
};

function proposedFor(mapping: Partial<MappingSettings>) {
  const sourceArn = 'arn:aws:kinesis:us-east-1:1:stream/bookings';
  const context: RemedyContext = {
    finding: { ...AnomalyDetected.example.finding, class: 'poison-message', state: 'open' },
    now: 0,
    traffic: TRAFFIC,
    function: {
      functionName: 'reader',
      memorySizeMb: 256,
      timeoutS: 3,
      architecture: 'arm64',
      tracing: 'Active',
      unreservedConcurrency: 900,
      aliases: [],
      versions: [],
      scaledAliases: [],
      tags: {},
      mappings: [{ uuid: 'm', sourceArn, enabled: true, batchSize: 100, ...mapping }],
    },
  };
  return mappingBisect.propose(context);
}

const QUEUE = 'arn:aws:sqs:us-east-1:1:dead';

test('a record is given up where it has somewhere to go', () => {
  const found = proposedFor({ failureDestination: QUEUE });

  expect(found?.change).toMatchObject({ bisectBatchOnFunctionError: true, maximumRetryAttempts: 5 });
  expect(found?.title).toContain('set a record aside');
});

test('without a destination, batches are split and nothing is given up', () => {
  const found = proposedFor({ maximumRetryAttempts: -1 });

  expect(found?.change).toEqual({
    kind: 'event-source-mapping',
    uuid: 'm',
    functionName: 'reader',
    bisectBatchOnFunctionError: true,
  });
  expect(found?.title).toBe('Let reader split failing batches');
  expect(found?.obstacle).toBeUndefined();
});

test.each([-1, 20])(
  'where batches are split already, and would be discarded after %d tries, it is told and not done',
  (tries) => {
    const found = proposedFor({ bisectBatchOnFunctionError: true, maximumRetryAttempts: tries });

    expect(found?.obstacle).toMatchObject({ lift: expect.stringContaining('onFailure') });
  },
);

test('tries that are few already are left as they are', () => {
  expect(proposedFor({ maximumRetryAttempts: 2, failureDestination: QUEUE })?.change).not.toHaveProperty(
    'maximumRetryAttempts',
  );
  expect(proposedFor({ maximumRetryAttempts: 2, bisectBatchOnFunctionError: true })).toBeUndefined();
});
