import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { Finding } from '@lamplighter/contracts';
import { type FunctionSettings, kinesisStreamMeant, type RemedyContext } from '@lamplighter/remedies';
import { isBeside } from '../../domain/home.ts';

/** The Kinesis stream that a finding means, of those that its function reads, if it is of its own account: Lambda reads those of others too. */
export async function readStream(
  client: KinesisClient,
  settings: FunctionSettings,
  finding: Pick<Finding, 'causes' | 'evidence' | 'resource'>,
): Promise<RemedyContext['stream']> {
  const arn = kinesisStreamMeant(finding, settings);
  if (arn === undefined || !isBeside(arn, finding.resource)) return undefined;
  const streamName = arn.slice(arn.indexOf('/') + 1);
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: streamName }));
  const mode = StreamDescriptionSummary?.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
  const { OpenShardCount: shards = 1, ConsumerCount: consumers = 0 } = StreamDescriptionSummary ?? {};
  return { streamName, mode, shards, ...(consumers > 0 && { consumers }) };
}
