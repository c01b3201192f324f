import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError } from '../../../core/service.ts';
import type { Clock } from '../../../core/time/clock.ts';
import { type Message, md5, md5OfAttributes } from '../queue/message.ts';
import type { Queue } from '../queue/queue.ts';
import type { Input, Queues } from '../queue/queues.ts';
import { invalidParameter, missingParameter, refuseMember } from '../sqs-error.ts';
import { runBatch } from './batch.ts';

const MAX_RECEIVED = 10;
const MAX_WAIT_SECONDS = 20;
const MAX_VISIBILITY_SECONDS = 43_200;

interface ReceiptInput {
  readonly Id: string;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

/** ReceiveMessage, DeleteMessage and ChangeMessageVisibility, and the batches of the latter two. */
export function receiveOperations(queues: Queues, clock: Clock): Record<string, JsonOperation> {
  const on = (operation: string, handle: (queue: Queue, input: Input) => unknown): [string, JsonOperation] => [
    operation,
    {
      // The batch calls are judged by the actions of the single ones.
      permissions: (input: Input) => queues.permission(operation.replace('Batch', ''), input),
      handle: (input: Input) => handle(queues.of(input), input),
    },
  ];
  const entries = (input: Input) => (input.Entries ?? []) as ReceiptInput[];
  return Object.fromEntries([
    on('ReceiveMessage', (queue, input) => receiveMessage(queue, input, clock)),
    on('DeleteMessage', (queue, input) => deleteMessage(queue, input as unknown as ReceiptInput)),
    on('DeleteMessageBatch', (queue, input) => runBatch(entries(input), (entry) => deleteMessage(queue, entry))),
    on('ChangeMessageVisibility', (queue, input) => changeVisibility(queue, input as unknown as ReceiptInput, clock)),
    on('ChangeMessageVisibilityBatch', (queue, input) =>
      runBatch(entries(input), (entry) => changeVisibility(queue, entry, clock)),
    ),
  ]);
}

/** System attributes that a received message has. */
export function systemAttributes(message: Message): Record<string, string> {
  const attributes: Record<string, string | undefined> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.sequenceNumber,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

export function receiptHandle(queue: Queue, { messageId, receipt }: Message): string {
  return Buffer.from(`${queue.name} ${messageId} ${receipt}`).toString('base64');
}

/** Deletes by receipt. What is gone already stays gone: no error. */
export function deleteMessage(queue: Queue, input: ReceiptInput): object {
  const { messageId, receipt } = readReceipt(queue, input.ReceiptHandle);
  const message = queue.byId(messageId);
  // A FIFO queue takes the latest receipt only; a standard queue any receipt of the message.
  if (message && (!queue.isFifo || message.receipt === receipt)) queue.delete(message);
  return {};
}

async function receiveMessage(queue: Queue, input: Input, clock: Clock) {
  const max = within(input, 'MaxNumberOfMessages', 1, 1, MAX_RECEIVED);
  const wait = within(
    input,
    'WaitTimeSeconds',
    Number(queue.attributes.ReceiveMessageWaitTimeSeconds),
    0,
    MAX_WAIT_SECONDS,
  );
  const visibility = within(
    input,
    'VisibilityTimeout',
    Number(queue.attributes.VisibilityTimeout),
    0,
    MAX_VISIBILITY_SECONDS,
  );
  if (input.ReceiveRequestAttemptId !== undefined) throw refuseMember('ReceiveMessage', 'ReceiveRequestAttemptId');
  const messages = await longPoll(queue, clock, wait * 1000, () => queue.receive(max, visibility));
  return messages.length === 0 ? {} : { Messages: messages.map((message) => describe(queue, message, input)) };
}

/** Receives at once, or when a message comes, or nothing after `waitMs` of the injected clock. */
function longPoll(
  queue: Queue,
  clock: Clock,
  waitMs: number,
  receive: () => readonly Message[],
): Promise<readonly Message[]> {
  const received = receive();
  if (received.length > 0 || waitMs === 0) return Promise.resolve(received);
  return new Promise((resolve) => {
    const end = (messages: readonly Message[]) => {
      stopListening();
      timer.cancel();
      resolve(messages);
    };
    const stopListening = queue.onMessage(() => {
      const messages = receive();
      if (messages.length > 0) end(messages);
    });
    const timer = clock.schedule(waitMs, () => end([]));
  });
}

function describe(queue: Queue, message: Message, input: Input) {
  const systemNames = [...names(input.AttributeNames), ...names(input.MessageSystemAttributeNames)];
  const system = Object.entries(systemAttributes(message)).filter(([name]) => isWanted(systemNames, name));
  const own = Object.entries(message.attributes).filter(([name]) => isWanted(names(input.MessageAttributeNames), name));
  return {
    MessageId: message.messageId,
    ReceiptHandle: receiptHandle(queue, message),
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(own.length > 0
      ? { MessageAttributes: Object.fromEntries(own), MD5OfMessageAttributes: md5OfAttributes(Object.fromEntries(own)) }
      : {}),
  };
}

function changeVisibility(queue: Queue, input: ReceiptInput, clock: Clock): object {
  const seconds = Number(input.VisibilityTimeout);
  if (!(seconds >= 0 && seconds <= MAX_VISIBILITY_SECONDS)) {
    throw invalidParameter(
      `Value ${input.VisibilityTimeout} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${MAX_VISIBILITY_SECONDS}.`,
    );
  }
  const { messageId } = readReceipt(queue, input.ReceiptHandle);
  const message = queue.byId(messageId);
  if (!message || message.visibleAt <= clock.now()) {
    throw new ApiError('MessageNotInflight', "The specified message isn't in flight.");
  }
  queue.changeVisibility(message, seconds);
  return {};
}

function readReceipt(queue: Queue, handle: string | undefined): { messageId: string; receipt: string } {
  if (handle === undefined) throw missingParameter('ReceiptHandle');
  const [name, messageId, receipt] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  if (name === queue.name && messageId && receipt) return { messageId, receipt };
  throw new ApiError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}

function within(input: Input, name: string, absent: number, min: number, max: number): number {
  const value = Number(input[name] ?? absent);
  if (value >= min && value <= max) return value;
  throw invalidParameter(
    `Value ${input[name]} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}.`,
  );
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

/** `All`, `.*`, the name itself, or `prefix.*`. */
function isWanted(wanted: readonly string[], name: string): boolean {
  return wanted.some(
    (one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))),
  );
}
