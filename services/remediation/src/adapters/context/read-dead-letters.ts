import { paginateListDeadLetterSourceQueues, type SQSClient } from '@aws-sdk/client-sqs';
import type { MappingSettings, RemedyContext } from '@lamplighter/remedies';
import * as z from 'zod';
import { queueAttributes } from './queue-attributes.ts';

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** The dead-letter queue of the queue that a function reads, how many messages lie in it, and what stands against giving them back. */
export async function readDeadLetters(
  client: SQSClient,
  mappings: readonly MappingSettings[],
): Promise<RemedyContext['deadLetters']> {
  const sourceQueueArn = mappings.find(({ sourceArn }) => sourceArn.includes(':sqs:'))?.sourceArn;
  if (sourceQueueArn === undefined) return undefined;
  const source = await queueAttributes(client, sourceQueueArn, ['RedrivePolicy', 'KmsMasterKeyId']);
  if (source.RedrivePolicy === undefined) return undefined;
  const queueArn = RedrivePolicy.parse(JSON.parse(source.RedrivePolicy)).deadLetterTargetArn;
  const dead = await queueAttributes(client, queueArn, ['ApproximateNumberOfMessages', 'KmsMasterKeyId']);
  const [sourceName, deadName] = [nameOf(sourceQueueArn), nameOf(queueArn)];
  const sources = await sourceNames(client, dead.QueueUrl);
  return {
    queueArn,
    sourceQueueArn,
    messages: Number(dead.ApproximateNumberOfMessages ?? 0),
    otherSources: sources.filter((name) => name !== sourceName).sort(),
    keyed: [...(source.KmsMasterKeyId ? [sourceName] : []), ...(dead.KmsMasterKeyId ? [deadName] : [])],
  };
}

const nameOf = (arn: string): string => arn.split(':').at(-1)!;

/** Of all queues that give up into one; they are of its account and region. */
async function sourceNames(client: SQSClient, QueueUrl: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { queueUrls = [] } of paginateListDeadLetterSourceQueues({ client }, { QueueUrl }))
    names.push(...queueUrls.map((url) => url.split('/').at(-1)!));
  return names;
}
