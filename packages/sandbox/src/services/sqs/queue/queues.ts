import { ApiError, type RequiredPermission, type ServiceContext } from '../../../core/service.ts';
import { invalidParameter, missingParameter, queueDoesNotExist } from '../sqs-error.ts';
import { Queue } from './queue.ts';
import { assertAttributes, type QueueAttributes } from './queue-attributes.ts';

export type Input = Readonly<Record<string, unknown>>;

/** The queues of the account, found by name, URL or ARN: all three end in the name. */
export class Queues {
  readonly #context: ServiceContext;
  readonly #byName = new Map<string, Queue>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Creates a queue; creating it again with the same attributes finds it. */
  create(name: string, attributes: QueueAttributes): Queue {
    const isFifo = name.endsWith('.fifo');
    if (!/^[a-zA-Z0-9_-]{1,80}$/.test(isFifo ? name.slice(0, -'.fifo'.length) : name) || name.length > 80) {
      throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    }
    if (isFifo !== (attributes.FifoQueue === 'true')) {
      throw invalidParameter(
        'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length. FifoQueue must be true for it, and for no other.',
      );
    }
    assertAttributes(attributes, isFifo);
    const existing = this.#byName.get(name);
    if (existing) return this.#same(existing, attributes);
    const queue = new Queue({
      name,
      arn: this.arn(name),
      attributes,
      clock: this.#context.clock,
      giveUp: (deadLetterArn, message) => {
        const target = this.#byName.get(lastPart(deadLetterArn));
        target?.accept({ ...message, deadLetterSourceArn: this.arn(name), visibleAt: this.#context.clock.now() });
        return target !== undefined;
      },
    });
    this.#byName.set(name, queue);
    return queue;
  }

  /** The queue that `QueueUrl` names. */
  of(input: Input): Queue {
    if (typeof input.QueueUrl !== 'string') throw missingParameter('QueueUrl');
    return this.named(input.QueueUrl);
  }

  /** The queue of a name, URL or ARN, or `QueueDoesNotExist`. */
  named(nameUrlOrArn: string): Queue {
    const queue = this.#byName.get(lastPart(nameUrlOrArn));
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  delete(queue: Queue): void {
    queue.stop();
    this.#byName.delete(queue.name);
  }

  /** In order of their names. */
  all(): readonly Queue[] {
    return [...this.#byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** SDKs send to the host of the queue's URL, so it is the sandbox's own endpoint. */
  url(queue: Queue): string {
    return `${this.#context.endpoint()}/${this.#context.accountId}/${queue.name}`;
  }

  arn(name: string): string {
    return `arn:aws:sqs:${this.#context.region}:${this.#context.accountId}:${name}`;
  }

  /** The permission of an action on the queue that the input names by URL or name. */
  permission(action: string, input: Input): RequiredPermission[] {
    const name = lastPart(String(input.QueueUrl ?? input.QueueName ?? ''));
    return [{ action: `sqs:${action}`, resource: this.arn(name) }];
  }

  #same(existing: Queue, attributes: QueueAttributes): Queue {
    if (Object.entries(attributes).every(([name, value]) => existing.attributes[name] === value)) return existing;
    throw new ApiError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${Object.keys(attributes).find((name) => existing.attributes[name] !== attributes[name])}`,
    );
  }
}

function lastPart(nameUrlOrArn: string): string {
  return nameUrlOrArn.slice(Math.max(nameUrlOrArn.lastIndexOf('/'), nameUrlOrArn.lastIndexOf(':')) + 1);
}
