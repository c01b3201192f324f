import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider, ServiceContext } from '../../core/service.ts';
import { setAttributes } from './queue-operations.ts';
import type { Queues } from './queues.ts';

/** Properties that are attributes of the queue, under the same names. */
const ATTRIBUTES = [
  'ReceiveMessageWaitTimeSeconds',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'VisibilityTimeout',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

/** `AWS::SQS::Queue`: `Ref` is its URL. */
export function queueResource(queues: Queues): ResourceProvider {
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::SQS::Queue', properties, ['QueueName', 'Tags', ...ATTRIBUTES]);
      const isFifo = String(properties.FifoQueue) === 'true';
      const given = ATTRIBUTES.filter((name) => properties[name] !== undefined);
      const attributes = Object.fromEntries(given.map((name) => [name, asText(properties[name])]));
      const suffix = isFifo ? '.fifo' : '';
      const name = String(
        properties.QueueName ?? `${physicalName({ stackName, logicalId }, 80 - suffix.length)}${suffix}`,
      );
      if (queues.all().some((queue) => queue.name === name)) throw new Error(`The queue ${name} exists already.`);
      const queue = queues.create(name, attributes);
      for (const { Key, Value } of (properties.Tags ?? []) as { Key: string; Value: string }[]) {
        queue.tags.set(Key, Value);
      }
      const url = queues.url(queue);
      return { ref: url, attributes: { Arn: queue.arn, QueueName: name, QueueUrl: url } };
    },
    async delete(created) {
      queues.delete(queues.named(created.ref));
    },
  };
}

/** `AWS::SQS::QueuePolicy`: sets the policy of each of its queues. */
export function queuePolicyResource(queues: Queues, { clock }: ServiceContext): ResourceProvider {
  return {
    async create({ stackName, logicalId, properties }) {
      refuseUnknownProperties('AWS::SQS::QueuePolicy', properties, ['Queues', 'PolicyDocument']);
      const Policy = asText(properties.PolicyDocument);
      for (const url of properties.Queues as string[]) setAttributes(queues.named(url), { Policy }, clock.now());
      return { ref: physicalName({ stackName, logicalId }) };
    },
  };
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
