import { usdOf } from '@lamplighter/pricing';
import type { Playbook, Proposal } from '../playbook.ts';
import type { RemedyContext } from '../remedy-context.ts';
import { kinesisStreamMeant } from './mapping-change.ts';
import { resourcePatch } from './resource-patch.ts';

/** Beyond it, doubling is coarse, and AWS's own scaling is not. */
const MOST_SHARDS = 64;
/** GB an hour that a shard takes in at most: 1 MB a second. */
const GB_AN_HOUR = 3.6;

/**
 * Twice the shards, for the stream that is meant, whose reader falls behind although its function is quick; a large stream goes on demand. So too where it is
 * read by enhanced fan-out: a consumer of its own has 2 MB a second of each shard, and Lambda calls the function for each shard by itself.
 * https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html
 */
export const kinesisCapacity: Playbook = {
  name: 'kinesis-capacity',
  answers: ['iterator-age'],
  risk: 'medium',
  permissions: ['kinesis:DescribeStreamSummary', 'kinesis:UpdateShardCount', 'kinesis:UpdateStreamMode'],
  verifies: 'iterator-age-ms',
  propose: ({ finding, function: settings, stream }) => {
    if (stream === undefined || stream.mode === 'ON_DEMAND') return undefined;
    if (!kinesisStreamMeant(finding, settings)?.endsWith(`:stream/${stream.streamName}`)) return undefined;
    return stream.shards * 2 > MOST_SHARDS ? onDemand(stream) : twiceTheShards(stream);
  },
};

type Stream = RemedyContext['stream'] & {};

function twiceTheShards({ streamName, shards: now, consumers = 0 }: Stream): Proposal {
  const shards = now * 2;
  return {
    change: { kind: 'kinesis-capacity', streamName, shards },
    title: `Give ${streamName} ${shards} shards instead of ${now}`,
    reason: 'Its reader falls behind.',
    costPerHourUsd: (shards - now) * shardUsdAnHour(consumers),
    undo: `The shards are merged back to ${now}.`,
    patch: resourcePatch('AWS::Kinesis::Stream', streamName, { ShardCount: shards }),
  };
}

/** Each consumer of enhanced fan-out pays for each shard. */
const shardUsdAnHour = (consumers: number): number =>
  usdOf('kinesis.provisioned_shard_hour') + consumers * usdOf('kinesis.efo_consumer_shard_hour');

function onDemand({ streamName, shards, consumers = 0 }: Stream): Proposal {
  const perConsumer = usdOf('kinesis.ondemand_efo_retrieve') - usdOf('kinesis.efo_retrieve');
  const perGb = usdOf('kinesis.ondemand_ingest') + usdOf('kinesis.ondemand_retrieve') + consumers * perConsumer;
  return {
    change: { kind: 'kinesis-capacity', streamName, mode: 'ON_DEMAND' },
    title: `Let ${streamName} scale on demand instead of with ${shards} shards`,
    reason: 'Its reader falls behind, and it is too large to be doubled.',
    // The most: as much data as all of its shards take.
    costPerHourUsd: usdOf('kinesis.ondemand_stream_hour') + shards * (GB_AN_HOUR * perGb - shardUsdAnHour(consumers)),
    undo: `The stream is provisioned again, with ${shards} shards (AWS allows two changes of mode in 24 hours).`,
    patch: resourcePatch(
      'AWS::Kinesis::Stream',
      streamName,
      { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
      'take ShardCount out',
    ),
  };
}
