import { ApiError, type RequiredPermission, type ServiceContext } from '../../core/service.ts';
import { DeliveryStream } from './delivery-stream.ts';
import { readS3Destination } from './s3-destination.ts';

export type Input = Readonly<Record<string, unknown>>;

/** Members of CreateDeliveryStream, and properties of the CloudFormation type, that are emulated. */
export const CREATE_MEMBERS = [
  'DeliveryStreamName',
  'DeliveryStreamType',
  'DeliveryStreamEncryptionConfigurationInput',
  'ExtendedS3DestinationConfiguration',
  'S3DestinationConfiguration',
  'Tags',
];

/** The delivery streams of the account. */
export class DeliveryStreams {
  readonly #context: ServiceContext;
  readonly #byName = new Map<string, DeliveryStream>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Creates a stream from the input of CreateDeliveryStream. */
  create(input: Input): DeliveryStream {
    const name = String(input.DeliveryStreamName ?? '');
    if (!/^[a-zA-Z0-9_.-]{1,64}$/.test(name)) throw invalid(`Invalid delivery stream name '${name}'.`);
    const configuration = configurationIn(input);
    if (this.#byName.has(name)) {
      throw new ApiError(
        'ResourceInUseException',
        `Firehose ${name} under accountId ${this.#context.accountId} already exists`,
      );
    }
    const stream = new DeliveryStream({ name, arn: this.arn(name), ...configuration }, this.#context);
    setTags(stream, input);
    this.#byName.set(name, stream);
    return stream;
  }

  /** The stream of a name or ARN, or `ResourceNotFoundException`. */
  named(nameOrArn: unknown): DeliveryStream {
    const text = String(nameOrArn ?? '');
    const name = text.slice(text.lastIndexOf('/') + 1);
    const stream = this.#byName.get(name);
    if (stream) return stream;
    throw new ApiError(
      'ResourceNotFoundException',
      `Firehose ${name} under account ${this.#context.accountId} not found.`,
    );
  }

  /** Gives a stream another configuration; what is buffered is delivered by the new one. */
  reconfigure(stream: DeliveryStream, input: Input): void {
    Object.assign(stream, configurationIn(input));
    stream.version += 1;
    setTags(stream, input);
  }

  delete(stream: DeliveryStream): void {
    stream.stop();
    this.#byName.delete(stream.name);
  }

  /** In order of their names. */
  all(): readonly DeliveryStream[] {
    return [...this.#byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  arn(name: string): string {
    return `arn:aws:firehose:${this.#context.region}:${this.#context.accountId}:deliverystream/${name}`;
  }

  permission(operation: string, input: Input): RequiredPermission[] {
    return [{ action: `firehose:${operation}`, resource: this.arn(String(input.DeliveryStreamName ?? '')) }];
  }
}

function setTags(stream: DeliveryStream, input: Input): void {
  stream.tags.clear();
  for (const { Key, Value } of (input.Tags ?? []) as { Key: string; Value?: string }[])
    stream.tags.set(Key, Value ?? '');
}

function configurationIn(input: Input): Pick<DeliveryStream, 'destination' | 'encryption'> {
  const type = input.DeliveryStreamType ?? 'DirectPut';
  const destination = input.ExtendedS3DestinationConfiguration ?? input.S3DestinationConfiguration;
  if (type !== 'DirectPut') throw invalid(`The sandbox does not emulate DeliveryStreamType ${type}.`);
  if (!destination) throw invalid('A delivery stream needs an S3 destination: the sandbox has no other.');
  return {
    destination: readS3Destination(destination as Input),
    encryption: input.DeliveryStreamEncryptionConfigurationInput as Input | undefined,
  };
}

function invalid(message: string): ApiError {
  return new ApiError('InvalidArgumentException', message);
}
