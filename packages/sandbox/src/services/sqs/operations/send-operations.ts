import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type Caller } from '../../../core/service.ts';
import {
  assertMessage,
  type Message,
  type MessageAttributes,
  md5,
  md5OfAttributes,
  messageBytes,
} from '../queue/message.ts';
import type { Queue } from '../queue/queue.ts';
import type { Input, Queues } from '../queue/queues.ts';
import { invalidParameter, missingParameter, refuseMember } from '../sqs-error.ts';
import { runBatch } from './batch.ts';

const MAX_BATCH_BYTES = 1024 * 1024;
const MAX_DELAY_SECONDS = 900;

/** A message as SendMessage and each entry of SendMessageBatch give it. */
export interface SendInput {
  readonly Id: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageSystemAttributes?: unknown;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** SendMessage and SendMessageBatch; both need `sqs:SendMessage`. */
export function sendOperations(queues: Queues): Record<string, JsonOperation> {
  return {
    SendMessage: {
      permissions: (input: Input) => queues.permission('SendMessage', input),
      handle: (input: Input, caller) => sendMessage(queues.of(input), input as unknown as SendInput, caller),
    },
    SendMessageBatch: {
      permissions: (input: Input) => queues.permission('SendMessage', input),
      handle: (input: Input, caller) => {
        const queue = queues.of(input);
        const entries = (input.Entries ?? []) as SendInput[];
        const bytes = entries.map((entry) => messageBytes(entry.MessageBody ?? '', entry.MessageAttributes ?? {}));
        if (bytes.reduce((sum, one) => sum + one, 0) > MAX_BATCH_BYTES) {
          throw new ApiError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes.`);
        }
        return runBatch(entries, (entry) => sendMessage(queue, entry, caller));
      },
    },
  };
}

/** Puts one message into a queue after the checks that SQS makes. */
export function sendMessage(queue: Queue, input: SendInput, caller: Pick<Caller, 'accessKeyId' | 'traceHeader'>) {
  const attributes = input.MessageAttributes ?? {};
  if (input.MessageSystemAttributes !== undefined) throw refuseMember('SendMessage', 'MessageSystemAttributes');
  assertMessage(input.MessageBody, attributes);
  const maxBytes = Number(queue.attributes.MaximumMessageSize);
  if (messageBytes(input.MessageBody, attributes) > maxBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    );
  }
  assertOrder(queue, input);
  return describeSent(
    queue.send({
      body: input.MessageBody,
      attributes,
      senderId: caller.accessKeyId,
      ...(caller.traceHeader === undefined ? {} : { traceHeader: caller.traceHeader }),
      ...(input.DelaySeconds === undefined ? {} : { delaySeconds: Number(input.DelaySeconds) }),
      ...(input.MessageGroupId === undefined ? {} : { groupId: input.MessageGroupId }),
      ...(input.MessageDeduplicationId === undefined ? {} : { deduplicationId: input.MessageDeduplicationId }),
    }),
  );
}

function assertOrder(queue: Queue, { DelaySeconds, MessageGroupId, MessageDeduplicationId }: SendInput): void {
  if (DelaySeconds !== undefined && !(DelaySeconds >= 0 && DelaySeconds <= MAX_DELAY_SECONDS)) {
    throw invalidParameter(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`,
    );
  }
  if (!queue.isFifo) {
    if (MessageDeduplicationId === undefined) return;
    throw invalidParameter(
      'The request includes a parameter that is not valid for this queue type: MessageDeduplicationId.',
    );
  }
  if (MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  if (DelaySeconds)
    throw invalidParameter(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  if (MessageDeduplicationId === undefined && queue.attributes.ContentBasedDeduplication !== 'true') {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

function describeSent({ messageId, body, attributes, sequenceNumber }: Message) {
  const md5OfMessageAttributes = md5OfAttributes(attributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(body),
    ...(md5OfMessageAttributes === undefined ? {} : { MD5OfMessageAttributes: md5OfMessageAttributes }),
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
  };
}
