import { usdOf } from '@lamplighter/pricing';
import type { Playbook } from '../playbook.ts';

/** Twice the shards, for a stream whose reader falls behind although its function is quick. */
export const kinesisCapacity: Playbook = {
  name: 'kinesis-capacity',
  answers: ['iterator-age'],
  risk: 'medium',
  permissions: ['kinesis:DescribeStreamSummary', 'kinesis:UpdateShardCount', 'kinesis:UpdateStreamMode'],
  verifies: 'none',
  propose: ({ stream }) => {
    if (stream === undefined || stream.mode === 'ON_DEMAND') return undefined;
    const shards = stream.shards * 2;
    return {
      change: { kind: 'kinesis-capacity', streamName: stream.streamName, shards },
      title: `Give ${stream.streamName} ${shards} shards instead of ${stream.shards}`,
      reason: 'Its reader falls behind.',
      costPerHourUsd: (shards - stream.shards) * usdOf('kinesis.provisioned_shard_hour'),
      undo: `The shards are merged back to ${stream.shards}.`,
    };
  },
};
