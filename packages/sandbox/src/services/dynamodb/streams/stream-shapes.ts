import type { StreamRecord, TableStream } from './table-stream.ts';

/** A record as GetRecords gives it; {@link lambdaRecord} is what a function receives. */
export function wireRecord(stream: TableStream, record: StreamRecord, region: string) {
  return {
    ...sharedMembers(stream, record, region),
    ...(record.isExpiry ? { userIdentity: { PrincipalId: EXPIRY_PRINCIPAL, Type: 'Service' } } : {}),
  };
}

/** Source: Lambda Developer Guide, "Using Lambda with DynamoDB"; expiry: DynamoDB Developer Guide, "DynamoDB Streams and Time to Live". */
export function lambdaRecord(stream: TableStream, record: StreamRecord, region: string) {
  return {
    ...sharedMembers(stream, record, region),
    ...(record.isExpiry ? { userIdentity: { type: 'Service', principalId: EXPIRY_PRINCIPAL } } : {}),
    eventSourceARN: stream.arn,
  };
}

const EXPIRY_PRINCIPAL = 'dynamodb.amazonaws.com';

function sharedMembers({ viewType }: TableStream, record: StreamRecord, region: string) {
  return {
    eventID: record.eventId,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(record.createdAt / 1000),
      Keys: record.keys,
      ...(record.newImage ? { NewImage: record.newImage } : {}),
      ...(record.oldImage ? { OldImage: record.oldImage } : {}),
      SequenceNumber: record.sequenceNumber,
      SizeBytes: record.sizeBytes,
      StreamViewType: viewType,
    },
  };
}

/** `StreamDescription` of DescribeStream. */
export function streamDescription(stream: TableStream) {
  const { lastSequenceNumber: ending } = stream;
  return {
    StreamArn: stream.arn,
    StreamLabel: stream.label,
    StreamStatus: stream.isEnabled ? 'ENABLED' : 'DISABLED',
    StreamViewType: stream.viewType,
    CreationRequestDateTime: stream.createdAt / 1000,
    TableName: stream.tableName,
    KeySchema: stream.keySchema,
    Shards: [
      {
        ShardId: stream.shardId,
        SequenceNumberRange: {
          StartingSequenceNumber: stream.startingSequenceNumber,
          ...(stream.isEnabled ? {} : { EndingSequenceNumber: ending ?? stream.startingSequenceNumber }),
        },
      },
    ],
  };
}
