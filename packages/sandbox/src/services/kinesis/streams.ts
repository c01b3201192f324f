import { ApiError, type RequiredPermission, type ServiceContext } from '../../core/service.ts';
import { Stream, type StreamMode } from './stream.ts';

export type Input = Readonly<Record<string, unknown>>;

export interface CreateStreamInput {
  readonly name: string;
  readonly mode: StreamMode;
  readonly shardCount: number;
}

/** The streams of the account, found by name or ARN. */
export class Streams {
  readonly #context: ServiceContext;
  readonly #byName = new Map<string, Stream>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  create({ name, mode, shardCount }: CreateStreamInput): Stream {
    if (!/^[a-zA-Z0-9_.-]{1,128}$/.test(name)) {
      throw new ApiError(
        'ValidationException',
        `1 validation error detected: Value '${name}' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
      );
    }
    if (this.#byName.has(name)) {
      throw new ApiError(
        'ResourceInUseException',
        `Stream ${name} under account ${this.#context.accountId} already exists.`,
      );
    }
    if (mode === 'PROVISIONED' && !(Number.isInteger(shardCount) && shardCount >= 1)) {
      throw new ApiError('InvalidArgumentException', 'ShardCount must be a positive number for a PROVISIONED stream.');
    }
    const stream = new Stream({ name, mode, shardCount, arn: this.arn(name) }, this.#context.clock);
    this.#byName.set(name, stream);
    return stream;
  }

  /** The stream that `StreamARN`, `ResourceARN` or `StreamName` names. */
  of(input: Input): Stream {
    return this.named(nameIn(input));
  }

  /** The stream of a name or ARN, or `ResourceNotFoundException`. */
  named(nameOrArn: string): Stream {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
    const stream = this.#byName.get(name);
    if (stream) return stream;
    throw new ApiError(
      'ResourceNotFoundException',
      `Stream ${name} under account ${this.#context.accountId} not found.`,
    );
  }

  delete(stream: Stream): void {
    this.#byName.delete(stream.name);
  }

  /** In order of their names. */
  all(): readonly Stream[] {
    return [...this.#byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  arn(name: string): string {
    return `arn:aws:kinesis:${this.#context.region}:${this.#context.accountId}:stream/${name}`;
  }

  permission(operation: string, input: Input): RequiredPermission[] {
    const name = nameIn(input);
    return [{ action: `kinesis:${operation}`, resource: name.startsWith('arn:') ? name : this.arn(name) }];
  }
}

function nameIn(input: Input): string {
  return String(input.StreamARN ?? input.ResourceARN ?? input.StreamName ?? '');
}
