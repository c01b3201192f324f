import { randomUUID } from 'node:crypto';
import type { JsonOperation } from '../../core/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import type { Input, Queues } from './queues.ts';
import { invalidParameter, missingParameter } from './sqs-error.ts';

interface MoveTask {
  readonly TaskHandle: string;
  readonly Status: 'COMPLETED';
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  /** Epoch milliseconds. */
  readonly StartedTimestamp: number;
}

/** StartMessageMoveTask and ListMessageMoveTasks: the redrive of a dead-letter queue, complete as soon as it is answered. */
export function moveOperations(queues: Queues, context: ServiceContext): Record<string, JsonOperation> {
  const tasks: MoveTask[] = [];
  return {
    StartMessageMoveTask: {
      permissions: (input: Input) => {
        const resource = String(input.SourceArn);
        const target = input.DestinationArn;
        return [
          ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((name) => ({
            action: `sqs:${name}`,
            resource,
          })),
          ...(typeof target === 'string' ? [{ action: 'sqs:SendMessage', resource: target }] : []),
        ];
      },
      handle: (input: Input) => {
        const task = moveMessages(queues, context, input);
        tasks.unshift(task);
        return { TaskHandle: task.TaskHandle };
      },
    },
    ListMessageMoveTasks: {
      permissions: (input: Input) => [{ action: 'sqs:ListMessageMoveTasks', resource: String(input.SourceArn) }],
      handle: (input: Input) => {
        const own = tasks.filter((task) => task.SourceArn === input.SourceArn);
        return { Results: own.slice(0, Number(input.MaxResults ?? 1)) };
      },
    },
  };
}

/** Moves every message to the destination, or back to the queue that gave it up. */
function moveMessages(queues: Queues, context: ServiceContext, input: Input): MoveTask {
  const { SourceArn, DestinationArn } = input;
  if (typeof SourceArn !== 'string') throw missingParameter('SourceArn');
  const source = queues.named(SourceArn);
  const target = typeof DestinationArn === 'string' ? queues.named(DestinationArn) : undefined;
  if (target === source) throw invalidParameter('Source and destination must be different queues.');
  const now = context.clock.now();
  const moves = source.visible().map((message) => ({ message, home: target ?? originOf(queues, message) }));
  for (const { message, home } of moves) {
    const { deadLetterSourceArn: _origin, firstReceivedAt: _first, ...rest } = message;
    source.delete(message);
    home.accept({ ...rest, receiveCount: 0, visibleAt: now });
  }
  return {
    TaskHandle: randomUUID(),
    Status: 'COMPLETED',
    SourceArn,
    ...(typeof DestinationArn === 'string' ? { DestinationArn } : {}),
    ApproximateNumberOfMessagesMoved: moves.length,
    ApproximateNumberOfMessagesToMove: moves.length,
    StartedTimestamp: now,
  };
}

function originOf(queues: Queues, { deadLetterSourceArn }: Message): Queue {
  if (deadLetterSourceArn !== undefined) return queues.named(deadLetterSourceArn);
  throw new ApiError('UnsupportedOperation', 'A message in the source queue did not come from another queue.');
}
