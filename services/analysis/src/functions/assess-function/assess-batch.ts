import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type AssessNewsDeps, assessNews } from '../../assess/assess-news.ts';
import { byFunction, type FunctionNews, functionKey } from '../../domain/news/function-news.ts';
import { newsOfEvent } from '../../domain/news/news-of-event.ts';

/** A batch of events, function by function. What fails of one function comes again, and holds no other one up. */
export async function assessBatch(
  event: SQSEvent,
  { logger, ...rest }: AssessNewsDeps & { readonly logger: Pick<StructuredLogger, 'error' | 'warn'> },
): Promise<SQSBatchResponse> {
  const deps = { ...rest, logger };
  const failed = new Set<string>();
  const news: FunctionNews[] = [];
  const messagesOf = new Map<string, string[]>();
  for (const { messageId, body } of event.Records) {
    try {
      const told = newsOfEvent(JSON.parse(body));
      if (told === undefined) continue;
      news.push(told);
      messagesOf.set(functionKey(told), [...(messagesOf.get(functionKey(told)) ?? []), messageId]);
    } catch (error) {
      logger.error('an event is not what it says it is; it comes again, and lies aside in the end', {
        messageId,
        error: error as Error,
      });
      failed.add(messageId);
    }
  }
  for (const one of byFunction(news)) {
    try {
      await assessNews(one, deps);
    } catch (error) {
      logger.error('a function was not assessed; its news comes again', {
        functionName: one.functionName,
        error: error as Error,
      });
      for (const messageId of messagesOf.get(functionKey(one)) ?? []) failed.add(messageId);
    }
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
