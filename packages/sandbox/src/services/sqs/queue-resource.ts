import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider, ServiceContext } from '../../core/service.ts';
import { setAttributes } from './operations/queue-operations.ts';
import type { Queue } from './queue/queue.ts';
import { defaultAttributes } from './queue/queue-attributes.ts';
import type { Queues } from './queue/queues.ts';

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
export function queueResource(queues: Queues, context: ServiceContext): ResourceProvider {
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::SQS::Queue', properties, ['QueueName', 'Tags', ...ATTRIBUTES]);
      const isFifo = String(properties.FifoQueue) === 'true';
      const attributes = attributesIn(properties);
      const suffix = isFifo ? '.fifo' : '';
      const name = String(
        properties.QueueName ?? `${physicalName({ stackName, logicalId }, 80 - suffix.length)}${suffix}`,
      );
      if (queues.all().some((queue) => queue.name === name)) throw new Error(`The queue ${name} exists already.`);
      const queue = queues.create(name, attributes);
      applyTags(queue, properties);
      const url = queues.url(queue);
      return { ref: url, attributes: { Arn: queue.arn, QueueName: name, QueueUrl: url } };
    },
    async update(created, { properties }) {
      refuseUnknownProperties('AWS::SQS::Queue', properties, ['QueueName', 'Tags', ...ATTRIBUTES]);
      const queue = queues.named(created.ref);
      const isFifo = String(properties.FifoQueue) === 'true';
      if ((properties.QueueName ?? queue.name) !== queue.name || isFifo !== queue.isFifo) {
        throw new Error(`The sandbox cannot change QueueName or FifoQueue of ${queue.name}.`);
      }
      const { Policy } = queue.attributes;
      queue.attributes = { ...defaultAttributes(isFifo), ...(Policy === undefined ? {} : { Policy }) };
      setAttributes(queue, attributesIn(properties), context.clock.now());
      applyTags(queue, properties);
      return created;
    },
    async delete(created) {
      queues.delete(queues.named(created.ref));
    },
  };
}

function applyTags(queue: Queue, properties: Readonly<Record<string, unknown>>): void {
  queue.tags.clear();
  for (const { Key, Value } of (properties.Tags ?? []) as { Key: string; Value: string }[]) queue.tags.set(Key, Value);
}

function attributesIn(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = ATTRIBUTES.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, asText(properties[name])]));
}

/** `AWS::SQS::QueuePolicy`: sets the policy of each of its queues. */
export function queuePolicyResource(queues: Queues, { clock }: ServiceContext): ResourceProvider {
  const apply = (properties: Readonly<Record<string, unknown>>) => {
    refuseUnknownProperties('AWS::SQS::QueuePolicy', properties, ['Queues', 'PolicyDocument']);
    const Policy = asText(properties.PolicyDocument);
    for (const url of properties.Queues as string[]) setAttributes(queues.named(url), { Policy }, clock.now());
  };
  return {
    async create({ stackName, logicalId, properties }) {
      apply(properties);
      return { ref: physicalName({ stackName, logicalId }) };
    },
    async update(created, { properties }) {
      apply(properties);
      return created;
    },
  };
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
