import * as z from 'zod';
import type { BusEvent } from './bus-event.ts';
import { type FunctionNews, newsOf } from './function-news.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const InvocationRecord = z.object({
  timestamp: z.string(),
  requestContext: z.object({ requestId: z.string(), functionArn: z.string(), condition: z.string() }),
});

/** An asynchronous request that Lambda gave up, from a destination on EventBridge. @throws ZodError for another shape */
export function newsFromAsyncFailure({ detail, account, region }: BusEvent): FunctionNews | undefined {
  const { timestamp, requestContext } = InvocationRecord.parse(detail);
  const { requestId, functionArn, condition } = requestContext;
  const functionName = functionArn.split(':')[6];
  if (functionName === undefined) return undefined;
  const known = condition === 'RetriesExhausted' || condition === 'EventAgeExceeded' ? condition : 'other';
  const fact = {
    kind: 'async-failure' as const,
    id: requestId,
    at: Date.parse(timestamp),
    requestId,
    condition: known,
  } as const;
  return newsOf({ accountId: account, region, functionName }, { facts: [fact] });
}
