import { randomUUID } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { ClockTimer } from '../../../core/time/clock.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

export type MoveStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface MoveOptions {
  readonly sourceArn: string;
  readonly source: Queue;
  readonly destinationArn?: string;
  /** Messages a second; all at once where absent, as fast as SQS itself chooses. */
  readonly perSecond?: number;
}

const SECOND_MS = 1000;

/** The redrive of a dead-letter queue: messages go to the destination, or back to the queue that gave them up. */
export class MoveTask {
  readonly handle = randomUUID();
  readonly options: MoveOptions;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly toMove: number;
  readonly #queues: Queues;
  readonly #context: ServiceContext;
  status: MoveStatus = 'RUNNING';
  failureReason: string | undefined;
  moved = 0;
  #timer: ClockTimer | undefined;

  constructor(options: MoveOptions, queues: Queues, context: ServiceContext) {
    this.options = options;
    this.#queues = queues;
    this.#context = context;
    this.startedAt = context.clock.now();
    this.toMove = options.source.visible().length;
  }

  /** Moves what is due now; the rest follows second by second. Throws where the very first message has nowhere to go. */
  start(): void {
    this.#moveSome();
  }

  /** What was moved stays moved. Throws `ResourceNotFoundException` where the task is over. */
  cancel(): void {
    if (this.status !== 'RUNNING')
      throw new ApiError('ResourceNotFoundException', 'The task has ended: only a running task can be cancelled.');
    this.#end('CANCELLED');
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #moveSome(): void {
    const { source, perSecond = Number.POSITIVE_INFINITY } = this.options;
    for (const message of source.visible().slice(0, Math.min(perSecond, this.toMove - this.moved))) {
      this.#home(message).accept(this.#fresh(message));
      source.delete(message);
      this.moved += 1;
    }
    if (this.moved >= this.toMove || source.visible().length === 0) this.#end('COMPLETED');
    else this.#timer = this.#context.clock.schedule(SECOND_MS, () => this.#next());
  }

  /** A destination that is gone meanwhile fails the task, whose caller is gone, too. */
  #next(): void {
    try {
      this.#moveSome();
    } catch (error) {
      this.failureReason = error instanceof ApiError ? error.code : String(error);
      this.#end('FAILED');
    }
  }

  #home({ deadLetterSourceArn }: Message): Queue {
    const arn = this.options.destinationArn ?? deadLetterSourceArn;
    if (arn !== undefined) return this.#queues.named(arn);
    throw new ApiError('UnsupportedOperation', 'A message in the source queue did not come from another queue.');
  }

  #fresh(message: Message): Message {
    const { deadLetterSourceArn: _origin, firstReceivedAt: _first, ...rest } = message;
    return { ...rest, receiveCount: 0, visibleAt: this.#context.clock.now() };
  }

  #end(status: MoveStatus): void {
    this.#timer?.cancel();
    this.status = status;
  }
}
