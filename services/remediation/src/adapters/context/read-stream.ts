import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { Finding } from '@lamplighter/contracts';
import type { MappingSettings, RemedyContext } from '@lamplighter/remedies';
import { isBeside } from '../../domain/home.ts';

/** The Kinesis stream that a function reads, if it reads one of its own account: Lambda reads those of others too. */
export async function readStream(
  client: KinesisClient,
  mappings: readonly MappingSettings[],
  resource: Finding['resource'],
): Promise<RemedyContext['stream']> {
  const arn = mappings.find(
    ({ sourceArn }) => sourceArn.includes(':kinesis:') && isBeside(sourceArn, resource),
  )?.sourceArn;
  const streamName = arn?.split('/').at(-1);
  if (streamName === undefined) return undefined;
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
  const mode = StreamDescriptionSummary?.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
  return { streamName, mode, shards: StreamDescriptionSummary?.OpenShardCount ?? 1 };
}
