import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import type { KinesisPeer } from './kinesis-peer.ts';
import { existingShard, recordOperations } from './record-operations.ts';
import { streamOperations } from './stream-operations.ts';
import { streamResource } from './stream-resource.ts';
import { Streams } from './streams.ts';
import { tagOperations } from './tag-operations.ts';

/** Amazon Kinesis Data Streams on the injected clock. No enhanced fan-out. */
export function createKinesis(context: ServiceContext): Emulated<KinesisPeer> {
  const streams = new Streams(context);
  const service = jsonService({
    signingName: 'kinesis',
    targetPrefix: 'Kinesis_20131202',
    version: '1.1',
    operations: {
      ...streamOperations(streams, () => context.clock.now()),
      ...tagOperations(streams),
      ...recordOperations(streams, context),
    },
    resources: { 'AWS::Kinesis::Stream': streamResource(streams) },
  });
  return { service, peer: kinesisPeer(streams, context) };
}

function kinesisPeer(streams: Streams, context: ServiceContext): KinesisPeer {
  return {
    putRecord: async (streamArn, data, partitionKey) => streams.named(streamArn).put(data, partitionKey),
    shards: async (streamArn) => streams.named(streamArn).shards.map((shard) => shard.shardId),
    async read(streamArn, shardId, afterSequenceNumber, limit) {
      const shard = existingShard(streams.named(streamArn), shardId, context.accountId);
      const from = afterSequenceNumber === undefined ? 0 : shard.ordinalOfSequence(afterSequenceNumber, true);
      return shard.read(from, limit).records;
    },
    onWrite: (streamArn, listener) => streams.named(streamArn).onWrite(listener),
  };
}
