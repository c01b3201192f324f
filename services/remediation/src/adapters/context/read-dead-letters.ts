import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MappingSettings, RemedyContext } from '@lamplighter/remedies';
import * as z from 'zod';
import { queueAttributes } from './queue-attributes.ts';

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** The dead-letter queue of the queue that a function reads, and how many messages lie in it. */
export async function readDeadLetters(
  client: SQSClient,
  mappings: readonly MappingSettings[],
): Promise<RemedyContext['deadLetters']> {
  const sourceQueueArn = mappings.find(({ sourceArn }) => sourceArn.includes(':sqs:'))?.sourceArn;
  if (sourceQueueArn === undefined) return undefined;
  const { RedrivePolicy: policy } = await queueAttributes(client, sourceQueueArn, ['RedrivePolicy']);
  if (policy === undefined) return undefined;
  const queueArn = RedrivePolicy.parse(JSON.parse(policy)).deadLetterTargetArn;
  const { ApproximateNumberOfMessages = '0' } = await queueAttributes(client, queueArn, [
    'ApproximateNumberOfMessages',
  ]);
  return { queueArn, sourceQueueArn, messages: Number(ApproximateNumberOfMessages) };
}
