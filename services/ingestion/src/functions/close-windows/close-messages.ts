import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { closingFrom } from '../../adapters/sqs-closings.ts';
import { type CloseWindowsDeps, closeWindows } from '../../windows/close-windows.ts';

/** Every message by itself: one that fails is handed out again, and after five times lies in the dead-letter queue; it holds up no other. */
export async function closeMessages(
  event: SQSEvent,
  deps: CloseWindowsDeps & { readonly logger: StructuredLogger },
): Promise<SQSBatchResponse> {
  const failed = await Promise.all(
    event.Records.map(async ({ messageId, body }) => {
      try {
        await closeWindows(closingFrom(body), deps);
        return undefined;
      } catch (error) {
        deps.logger.warn('a closing has to come again', { messageId, error: String(error) });
        return { itemIdentifier: messageId };
      }
    }),
  );
  return { batchItemFailures: failed.filter((failure) => failure !== undefined) };
}
