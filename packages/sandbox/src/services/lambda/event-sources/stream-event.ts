import type { KinesisRecord } from '../../kinesis/kinesis-peer.ts';

export interface StreamEventSource {
  readonly streamArn: string;
  readonly shardId: string;
  readonly region: string;
  readonly roleArn: string;
}

/** The event that a function receives for a batch of stream records. */
export function streamEvent(source: StreamEventSource, records: readonly KinesisRecord[]): string {
  if (source.streamArn.split(':')[2] === 'dynamodb') {
    // These records are kept as the event has them.
    return `{"Records":[${records.map(({ data }) => data.toString('utf8')).join(',')}]}`;
  }
  return JSON.stringify({ Records: records.map((record) => streamRecord(source, record)) });
}

function streamRecord({ streamArn, shardId, region, roleArn }: StreamEventSource, record: KinesisRecord) {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.partitionKey,
      sequenceNumber: record.sequenceNumber,
      data: record.data.toString('base64'),
      approximateArrivalTimestamp: record.arrivedAt / 1_000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: roleArn,
    awsRegion: region,
    eventSourceARN: streamArn,
  };
}

/** What a record adds to the event besides its base64 data: the members above, generously. */
const ENVELOPE_BYTES = 700;

export const recordBytes = ({ data, partitionKey }: KinesisRecord): number =>
  Math.ceil(data.length / 3) * 4 + partitionKey.length + ENVELOPE_BYTES;
