import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MappingSettings } from '@lamplighter/remedies';
import { queueAttributes } from './queue-attributes.ts';

/** The mappings, each of a queue with how long that hides a message which was received, and keeps one that nobody receives. */
export const readQueues = (client: SQSClient, mappings: readonly MappingSettings[]): Promise<MappingSettings[]> =>
  Promise.all(
    mappings.map(async (mapping) => {
      if (!mapping.sourceArn.includes(':sqs:')) return mapping;
      const asked = ['VisibilityTimeout', 'MessageRetentionPeriod'] as const;
      const { VisibilityTimeout, MessageRetentionPeriod } = await queueAttributes(client, mapping.sourceArn, asked);
      return { ...mapping, visibilityTimeoutS: Number(VisibilityTimeout), retentionS: Number(MessageRetentionPeriod) };
    }),
  );
