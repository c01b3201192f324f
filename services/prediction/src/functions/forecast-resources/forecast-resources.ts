import { ForecastPublished } from '@lamplighter/contracts';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { type AccountIdentity, accountKey, subjectKey } from '../../domain/subject.ts';
import { type CapacityDeps, predictCapacity } from '../../predict/predict-capacity.ts';

const BusEvent = z.object({ detail: z.unknown() });

/**
 * The account's own forecast, which comes every five minutes while its functions work, says when to look at what they use. Of other accounts and regions nothing
 * can be asked. Messages of a failed look come again.
 */
export async function forecastResources(
  event: SQSEvent,
  { own, ...deps }: CapacityDeps & { readonly own: AccountIdentity },
  logger: StructuredLogger,
): Promise<SQSBatchResponse> {
  const failed = new Set<string>();
  const ours: string[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      const { resource } = ForecastPublished.parse(BusEvent.parse(JSON.parse(body)).detail).data;
      if (accountKey(resource) === accountKey(own)) ours.push(messageId);
    } catch (error) {
      logger.error('an event is not what it says it is; it comes again, and lies aside in the end', {
        messageId,
        error: error as Error,
      });
      failed.add(messageId);
    }
  }
  if (ours.length > 0) {
    const broken = await predictCapacity(own, deps);
    for (const { subject, error } of broken)
      logger.error('a figure was not forecast; it is looked at again', { subject: subjectKey(subject), error });
    if (broken.length > 0) for (const messageId of ours) failed.add(messageId);
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
