import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { MoveTask } from '../queue/move-task.ts';
import type { Input, Queues } from '../queue/queues.ts';
import { invalidParameter, missingParameter } from '../sqs-error.ts';

const FASTEST_PER_SECOND = 500;

/** StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask: the redrive of a dead-letter queue, at a rate where one is asked for. */
export function moveOperations(
  queues: Queues,
  context: ServiceContext,
  tasks: MoveTask[],
): Record<string, JsonOperation> {
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
        const task = newTask(queues, context, tasks, input);
        task.start();
        tasks.unshift(task);
        return { TaskHandle: task.handle };
      },
    },
    ListMessageMoveTasks: {
      permissions: (input: Input) => [{ action: 'sqs:ListMessageMoveTasks', resource: String(input.SourceArn) }],
      handle: (input: Input) => {
        const own = tasks.filter(({ options }) => options.sourceArn === input.SourceArn);
        return { Results: own.slice(0, Number(input.MaxResults ?? 1)).map(shape) };
      },
    },
    CancelMessageMoveTask: {
      permissions: (input: Input) => [
        { action: 'sqs:CancelMessageMoveTask', resource: find(tasks, input)?.options.sourceArn ?? '*' },
      ],
      handle: (input: Input) => {
        const task = find(tasks, input);
        if (!task) throw new ApiError('ResourceNotFoundException', 'Task does not exist.');
        task.cancel();
        return { ApproximateNumberOfMessagesMoved: task.moved };
      },
    },
  };
}

function newTask(queues: Queues, context: ServiceContext, tasks: readonly MoveTask[], input: Input): MoveTask {
  const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate } = input;
  if (typeof SourceArn !== 'string') throw missingParameter('SourceArn');
  const source = queues.named(SourceArn);
  if (typeof DestinationArn === 'string' && queues.named(DestinationArn) === source)
    throw invalidParameter('Source and destination must be different queues.');
  if (rate !== undefined && !(Number.isInteger(rate) && Number(rate) >= 1 && Number(rate) <= FASTEST_PER_SECOND))
    throw invalidParameter(`MaxNumberOfMessagesPerSecond must be between 1 and ${FASTEST_PER_SECOND}.`);
  if (tasks.some(({ options, status }) => options.sourceArn === SourceArn && status === 'RUNNING'))
    throw new ApiError(
      'UnsupportedOperation',
      'There is already a task running. Only one active task is allowed for a source queue.',
    );
  return new MoveTask(
    {
      sourceArn: SourceArn,
      source,
      ...(typeof DestinationArn === 'string' ? { destinationArn: DestinationArn } : {}),
      ...(rate === undefined ? {} : { perSecond: Number(rate) }),
    },
    queues,
    context,
  );
}

const find = (tasks: readonly MoveTask[], input: Input): MoveTask | undefined =>
  tasks.find(({ handle }) => handle === input.TaskHandle);

/** A task's handle is shown only while it can be cancelled. */
const shape = ({ handle, status, options, moved, toMove, startedAt, failureReason }: MoveTask) => ({
  ...(status === 'RUNNING' ? { TaskHandle: handle } : {}),
  Status: status,
  SourceArn: options.sourceArn,
  ...(options.destinationArn === undefined ? {} : { DestinationArn: options.destinationArn }),
  ...(options.perSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: options.perSecond }),
  ApproximateNumberOfMessagesMoved: moved,
  ApproximateNumberOfMessagesToMove: toMove,
  StartedTimestamp: startedAt,
  ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
});
