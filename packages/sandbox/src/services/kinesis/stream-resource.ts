import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider } from '../../core/service.ts';
import type { StreamMode } from './stream.ts';
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

/** `AWS::Kinesis::Stream`. Without mode and shard count a stream is on demand, as in CloudFormation. */
export function streamResource(streams: Streams): ResourceProvider {
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::Kinesis::Stream', properties, KNOWN);
      const details = properties.StreamModeDetails as { StreamMode?: StreamMode } | undefined;
      const encryption = properties.StreamEncryption as { KeyId?: string } | undefined;
      const stream = streams.create({
        name: String(properties.Name ?? physicalName({ stackName, logicalId }, 128)),
        mode: details?.StreamMode ?? (properties.ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED'),
        shardCount: Number(properties.ShardCount ?? 1),
      });
      stream.retentionHours = Number(properties.RetentionPeriodHours ?? stream.retentionHours);
      stream.maxRecordKiB = Number(properties.MaxRecordSizeInKiB ?? stream.maxRecordKiB);
      stream.kmsKeyId = encryption?.KeyId;
      for (const { Key, Value } of (properties.Tags ?? []) as { Key: string; Value: string }[]) {
        stream.tags.set(Key, Value);
      }
      return { ref: stream.name, attributes: { Arn: stream.arn } };
    },
    async delete(created) {
      streams.delete(streams.named(created.ref));
    },
  };
}
