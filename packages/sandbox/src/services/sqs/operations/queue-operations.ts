import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { Queue } from '../queue/queue.ts';
import { assertAttributes, type QueueAttributes, redrivePolicy } from '../queue/queue-attributes.ts';
import type { Input, Queues } from '../queue/queues.ts';
import { missingParameter } from '../sqs-error.ts';

type Handle = (input: Input) => unknown;

/** Creation, attributes, tags and the end of queues. */
export function queueOperations(queues: Queues, now: () => number): Record<string, JsonOperation> {
  const on = (operation: string, handle: Handle): [string, JsonOperation] => [
    operation,
    { permissions: (input: Input) => queues.permission(operation, input), handle: (input: Input) => handle(input) },
  ];
  return Object.fromEntries([
    on('CreateQueue', (input) => createQueue(queues, input)),
    on('DeleteQueue', (input) => queues.delete(queues.of(input))),
    on('GetQueueUrl', (input) => ({ QueueUrl: queues.url(queues.named(String(input.QueueName ?? ''))) })),
    on('GetQueueAttributes', (input) => getAttributes(queues.of(input), (input.AttributeNames ?? []) as string[])),
    on('SetQueueAttributes', (input) =>
      setAttributes(queues.of(input), (input.Attributes ?? {}) as QueueAttributes, now()),
    ),
    on('PurgeQueue', (input) => queues.of(input).purge()),
    on('TagQueue', (input) => {
      const { tags } = queues.of(input);
      for (const [key, value] of Object.entries((input.Tags ?? {}) as Record<string, string>)) tags.set(key, value);
    }),
    on('UntagQueue', (input) => {
      const { tags } = queues.of(input);
      for (const key of (input.TagKeys ?? []) as string[]) tags.delete(key);
    }),
    on('ListQueueTags', (input) => {
      const { tags } = queues.of(input);
      return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
    }),
    on('ListDeadLetterSourceQueues', (input) => {
      const { arn } = queues.of(input);
      const sources = queues
        .all()
        .filter((queue) => redrivePolicy(queue.attributes.RedrivePolicy)?.deadLetterTargetArn === arn);
      return { queueUrls: sources.map((queue) => queues.url(queue)) };
    }),
    [
      'ListQueues',
      {
        permissions: () => [{ action: 'sqs:ListQueues', resource: '*' }],
        handle: (input: Input) => listQueues(queues, input),
      },
    ],
  ]);
}

/** Sets attributes; an empty text takes the optional ones away. */
export function setAttributes(queue: Queue, attributes: QueueAttributes, now: number): void {
  assertAttributes(attributes, queue.isFifo);
  const merged = Object.entries({ ...queue.attributes, ...attributes }).filter(([, value]) => value !== '');
  queue.attributes = Object.fromEntries(merged);
  queue.modifiedAt = now;
}

function createQueue(queues: Queues, input: Input) {
  if (typeof input.QueueName !== 'string') throw missingParameter('QueueName');
  const queue = queues.create(input.QueueName, (input.Attributes ?? {}) as QueueAttributes);
  for (const [key, value] of Object.entries((input.tags ?? {}) as Record<string, string>)) queue.tags.set(key, value);
  return { QueueUrl: queues.url(queue) };
}

function getAttributes(queue: Queue, wanted: readonly string[]) {
  const { visible, inFlight, delayed } = queue.counts();
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ...queue.attributes,
  };
  const entries = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  return entries.length === 0 ? {} : { Attributes: Object.fromEntries(entries) };
}

function listQueues(queues: Queues, input: Input) {
  const prefix = String(input.QueueNamePrefix ?? '');
  const after = String(input.NextToken ?? '');
  const limit = Number(input.MaxResults ?? 1000);
  if (!(limit >= 1 && limit <= 1000))
    throw new ApiError('InvalidParameterValue', 'MaxResults must be between 1 and 1000.');
  const found = queues.all().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = found.slice(0, limit);
  return {
    ...(page.length > 0 ? { QueueUrls: page.map((queue) => queues.url(queue)) } : {}),
    ...(found.length > limit ? { NextToken: page.at(-1)?.name } : {}),
  };
}
