import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { MappingSettings, RemedyContext } from '@lamplighter/remedies';

/** The Kinesis stream that a function reads, if it reads one. */
export async function readStream(
  client: KinesisClient,
  mappings: readonly MappingSettings[],
): Promise<RemedyContext['stream']> {
  const arn = mappings.find(({ sourceArn }) => sourceArn.includes(':kinesis:'))?.sourceArn;
  const streamName = arn?.split('/').at(-1);
  if (streamName === undefined) return undefined;
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
  const mode = StreamDescriptionSummary?.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
  return { streamName, mode, shards: StreamDescriptionSummary?.OpenShardCount ?? 1 };
}
