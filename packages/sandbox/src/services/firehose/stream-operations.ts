import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError } from '../../core/service.ts';
import type { DeliveryStream } from './delivery-stream.ts';
import { CREATE_MEMBERS, type DeliveryStreams, type Input } from './delivery-streams.ts';

/** Creation, description, tags and the end of delivery streams. A stream is active as soon as its creation is answered. */
export function streamOperations(streams: DeliveryStreams): Record<string, JsonOperation> {
  const on = (operation: string, handle: (input: Input) => unknown): [string, JsonOperation] => [
    operation,
    { permissions: (input: Input) => streams.permission(operation, input), handle: (input: Input) => handle(input) },
  ];
  return Object.fromEntries([
    on('DeleteDeliveryStream', (input) => streams.delete(streams.named(input.DeliveryStreamName))),
    on('DescribeDeliveryStream', (input) => ({
      DeliveryStreamDescription: describe(streams.named(input.DeliveryStreamName)),
    })),
    on('TagDeliveryStream', (input) => {
      const { tags } = streams.named(input.DeliveryStreamName);
      for (const { Key, Value } of (input.Tags ?? []) as { Key: string; Value?: string }[]) tags.set(Key, Value ?? '');
    }),
    on('UntagDeliveryStream', (input) => {
      const { tags } = streams.named(input.DeliveryStreamName);
      for (const key of (input.TagKeys ?? []) as string[]) tags.delete(key);
    }),
    on('ListTagsForDeliveryStream', (input) => ({
      Tags: [...streams.named(input.DeliveryStreamName).tags].map(([Key, Value]) => ({ Key, Value })),
      HasMoreTags: false,
    })),
    [
      'CreateDeliveryStream',
      {
        permissions: (input: Input) => [
          ...streams.permission('CreateDeliveryStream', input),
          {
            action: 'iam:PassRole',
            resource: roleIn(input),
            context: { 'iam:PassedToService': 'firehose.amazonaws.com' },
          },
        ],
        handle: (input: Input) => {
          const unknown = Object.keys(input).filter((name) => !CREATE_MEMBERS.includes(name));
          if (unknown.length > 0) {
            throw new ApiError(
              'InvalidArgumentException',
              `The sandbox does not emulate CreateDeliveryStream ${unknown.join(', ')}.`,
            );
          }
          return { DeliveryStreamARN: streams.create(input).arn };
        },
      },
    ],
    [
      'ListDeliveryStreams',
      {
        permissions: () => [{ action: 'firehose:ListDeliveryStreams', resource: '*' }],
        handle: (input: Input) => listStreams(streams, input),
      },
    ],
  ]);
}

function roleIn(input: Input): string {
  const destination = input.ExtendedS3DestinationConfiguration ?? input.S3DestinationConfiguration;
  return String((destination as { RoleARN?: string } | undefined)?.RoleARN);
}

function listStreams(streams: DeliveryStreams, input: Input) {
  const after = String(input.ExclusiveStartDeliveryStreamName ?? '');
  const limit = Number(input.Limit ?? 10);
  const found = streams.all().filter((stream) => stream.name > after);
  return {
    DeliveryStreamNames: found.slice(0, limit).map((stream) => stream.name),
    HasMoreDeliveryStreams: found.length > limit,
  };
}

function describe({ name, arn, version, createdAt, encryption, destination }: DeliveryStream) {
  const { Prefix, ErrorOutputPrefix, RoleARN, BucketARN } = destination.configuration;
  const common = {
    RoleARN,
    BucketARN,
    Prefix,
    ErrorOutputPrefix,
    BufferingHints: {
      SizeInMBs: destination.bufferBytes / (1024 * 1024),
      IntervalInSeconds: destination.intervalMs / 1000,
    },
    CompressionFormat: destination.isGzip ? 'GZIP' : 'UNCOMPRESSED',
    EncryptionConfiguration: destination.configuration.EncryptionConfiguration ?? {
      NoEncryptionConfig: 'NoEncryption',
    },
    CloudWatchLoggingOptions: destination.configuration.CloudWatchLoggingOptions ?? { Enabled: false },
  };
  return {
    DeliveryStreamName: name,
    DeliveryStreamARN: arn,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfiguration: encryption ? { ...encryption, Status: 'ENABLED' } : { Status: 'DISABLED' },
    VersionId: String(version),
    CreateTimestamp: createdAt / 1000,
    Destinations: [
      {
        DestinationId: 'destinationId-000000000001',
        S3DestinationDescription: common,
        ExtendedS3DestinationDescription: {
          ...common,
          S3BackupMode: 'Disabled',
          FileExtension: destination.configuration.FileExtension,
          ProcessingConfiguration: destination.configuration.ProcessingConfiguration,
        },
      },
    ],
    HasMoreDestinations: false,
  };
}
