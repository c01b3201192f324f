import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MappingSettings, RemedyContext } from '@lamplighter/remedies';
import * as z from 'zod';

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** The dead-letter queue of the queue that a function reads, and how many messages lie in it. */
export async function readDeadLetters(
  client: SQSClient,
  mappings: readonly MappingSettings[],
): Promise<RemedyContext['deadLetters']> {
  const sourceQueueArn = mappings.find(({ sourceArn }) => sourceArn.includes(':sqs:'))?.sourceArn;
  if (sourceQueueArn === undefined) return undefined;
  const { RedrivePolicy: policy } = await attributesOf(client, sourceQueueArn, 'RedrivePolicy');
  if (policy === undefined) return undefined;
  const queueArn = RedrivePolicy.parse(JSON.parse(policy)).deadLetterTargetArn;
  const { ApproximateNumberOfMessages = '0' } = await attributesOf(client, queueArn, 'ApproximateNumberOfMessages');
  return { queueArn, sourceQueueArn, messages: Number(ApproximateNumberOfMessages) };
}

async function attributesOf(client: SQSClient, arn: string, name: 'RedrivePolicy' | 'ApproximateNumberOfMessages') {
  const [, , , , QueueOwnerAWSAccountId, QueueName] = arn.split(':');
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }));
  return Attributes ?? {};
}
