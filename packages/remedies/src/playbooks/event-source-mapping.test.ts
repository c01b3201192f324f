import { expect, test } from '@jest/globals';
import type { MappingSettings } from '../remedy-context.ts';
import { aFinding, aFunction, CALM } from '../testing/a-context.ts';
import { mappingBisect } from './event-source-mapping.ts';

function proposedFor(mapping: Partial<MappingSettings>) {
  const sourceArn = 'arn:aws:kinesis:us-east-1:1:stream/bookings';
  return mappingBisect.propose({
    finding: aFinding('poison-message'),
    now: 0,
    traffic: { ...CALM, failureShare: 0.5 },
    function: aFunction({
      functionName: 'reader',
      mappings: [{ uuid: 'm', sourceArn, enabled: true, batchSize: 100, ...mapping }],
    }),
  });
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
