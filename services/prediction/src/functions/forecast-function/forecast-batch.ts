import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { accountKey, subjectKey } from '../../domain/subject.ts';
import { byFunction, type FunctionNews, newsOfEvent } from '../../domain/windows-of-event.ts';
import { predictAccount } from '../../predict/predict-account.ts';
import { type PredictDeps, predictSubject } from '../../predict/predict-subject.ts';

/** A batch of events, function by function, then their accounts. What fails of one comes again, and holds no other one up. */
export async function forecastBatch(
  event: SQSEvent,
  deps: PredictDeps,
  logger: StructuredLogger,
): Promise<SQSBatchResponse> {
  const failed = new Set<string>();
  const read = readNews(event, (messageId, error) => {
    logger.error('an event is not what it says it is; it comes again, and lies aside in the end', { messageId, error });
    failed.add(messageId);
  });
  const attempt = async (of: readonly Told[], work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      logger.error('windows were not forecast from; they come again', { error: error as Error });
      for (const { messageId } of of) failed.add(messageId);
    }
  };
  for (const news of byFunction(read.map((told) => told.news))) {
    const its = read.filter((told) => subjectKey(told.news) === subjectKey(news));
    await attempt(its, () => predictSubject(news, async () => news.minutes, deps));
  }
  for (const its of Map.groupBy(read, ({ news }) => accountKey(news)).values()) {
    const newest = Math.max(...its.flatMap(({ news }) => news.minutes.map(({ start }) => start)));
    await attempt(its, () => predictAccount(its[0]!.news, Math.min(newest, deps.now()), deps));
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

interface Told {
  readonly messageId: string;
  readonly news: FunctionNews;
}

function readNews(event: SQSEvent, refuse: (messageId: string, error: Error) => void): Told[] {
  return event.Records.flatMap(({ messageId, body }) => {
    try {
      return [{ messageId, news: newsOfEvent(JSON.parse(body)) }];
    } catch (error) {
      refuse(messageId, error as Error);
      return [];
    }
  });
}
