import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider } from '../../core/service.ts';
import type { Stream, StreamMode } from './stream.ts';
import type { Streams } from './streams.ts';

const KNOWN = [
  'Name',
  'ShardCount',
  'RetentionPeriodHours',
  'StreamModeDetails',
  'StreamEncryption',
  'MaxRecordSizeInKiB',
  'Tags',
];

type Properties = Readonly<Record<string, unknown>>;

/** `AWS::Kinesis::Stream`. Without mode and shard count a stream is on demand, as in CloudFormation. */
export function streamResource(streams: Streams): ResourceProvider {
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::Kinesis::Stream', properties, KNOWN);
      const stream = streams.create({
        name: String(properties.Name ?? physicalName({ stackName, logicalId }, 128)),
        mode: modeIn(properties),
        shardCount: Number(properties.ShardCount ?? 1),
      });
      applySettings(stream, properties);
      return { ref: stream.name, attributes: { Arn: stream.arn } };
    },
    async update(created, { properties }) {
      refuseUnknownProperties('AWS::Kinesis::Stream', properties, KNOWN);
      const stream = streams.named(created.ref);
      const shardCount = Number(properties.ShardCount ?? stream.openShards.length);
      if ((properties.Name ?? stream.name) !== stream.name)
        throw new Error(`The sandbox cannot change the name of ${stream.name}.`);
      if (shardCount !== stream.openShards.length) stream.reshard(shardCount);
      stream.mode = modeIn(properties);
      stream.tags.clear();
      applySettings(stream, properties);
      return created;
    },
    async delete(created) {
      streams.delete(streams.named(created.ref));
    },
  };
}

function modeIn(properties: Properties): StreamMode {
  const details = properties.StreamModeDetails as { StreamMode?: StreamMode } | undefined;
  return details?.StreamMode ?? (properties.ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
}

function applySettings(stream: Stream, properties: Properties): void {
  const encryption = properties.StreamEncryption as { KeyId?: string } | undefined;
  stream.retentionHours = Number(properties.RetentionPeriodHours ?? 24);
  stream.maxRecordKiB = Number(properties.MaxRecordSizeInKiB ?? 1024);
  stream.kmsKeyId = encryption?.KeyId;
  for (const { Key, Value } of (properties.Tags ?? []) as { Key: string; Value: string }[]) {
    stream.tags.set(Key, Value);
  }
}
