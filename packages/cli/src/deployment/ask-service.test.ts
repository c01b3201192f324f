import type { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { askService } from './ask-service.ts';

const ASKED = { service: 'prediction', query: 'query-forecasts' };

/** A query function that ends with this, as Lambda tells it. */
const failing = (payload: string) =>
  askService(
    {
      client: {
        send: async () => ({ FunctionError: 'Unhandled', Payload: new TextEncoder().encode(payload) }),
      } as unknown as LambdaClient,
      stage: 'dev',
      name: 'AWS us-east-1',
    },
    ASKED,
    {},
  );

test.each([
  [
    '{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"Response payload size exceeded"}',
    'Function.ResponseSizeTooLarge: Response payload size exceeded.',
  ],
  ['{"errorMessage":"Task timed out after 29.00 seconds"}', 'failed: Task timed out after 29.00 seconds.'],
  ['not what Lambda says', 'failed: not what Lambda says.'],
  ['null', 'failed: null.'],
])('a service that fails (%s) is told by its code, its reason and where there is more', async (payload, reason) => {
  await expect(failing(payload)).rejects.toMatchObject({
    code: 'service-failed',
    message: expect.stringContaining(reason),
    wayOut: 'Its log group /aws/lambda/lamplighter-prediction-dev-query-forecasts has more.',
  });
});
