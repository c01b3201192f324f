import type { ServiceContext } from '../../../core/service.ts';
import type { StreamSourcePeer } from '../../kinesis/kinesis-peer.ts';
import type { StreamBook } from './stream-book.ts';
import { lambdaRecord } from './stream-shapes.ts';

/** Streams as event source mappings read them: the data of a record is the JSON that a function receives. */
export function streamPeer(streams: StreamBook, { clock, region }: ServiceContext): StreamSourcePeer {
  return {
    shards: async (streamArn) => [streams.get(streamArn).shardId],
    async read(streamArn, _shardId, after, limit) {
      const stream = streams.get(streamArn);
      return stream.read(after, limit, clock.now()).map((record) => ({
        sequenceNumber: record.sequenceNumber,
        partitionKey: JSON.stringify(record.keys),
        data: Buffer.from(JSON.stringify(lambdaRecord(stream, record, region))),
        arrivedAt: record.createdAt,
      }));
    },
    onWrite: (streamArn, listener) => streams.get(streamArn).onWrite(listener),
  };
}
