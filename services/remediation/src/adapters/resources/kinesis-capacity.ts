import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import type { Change } from '@lamplighter/remedies';
import { type FieldHands, fieldByField } from './field-by-field.ts';
import type { ChangeHands } from './resources.ts';
import { untilActive, type Wait } from './until-active.ts';

type StreamChange = Extract<Change, { kind: 'kinesis-capacity' }>;

/** Mode and shards of a stream. While AWS is at an earlier change it refuses the next one, and counts shards that are on their way. */
export const kinesisCapacity = (client: KinesisClient, wait?: Wait): ChangeHands<StreamChange> =>
  fieldByField(streamHands(client, wait), { fields: ['mode', 'shards'] });

function streamHands(client: KinesisClient, wait?: Wait): FieldHands<StreamChange> {
  const settled = (StreamName: string) =>
    untilActive(
      StreamName,
      async () => {
        const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
        return { status: StreamDescriptionSummary!.StreamStatus, value: StreamDescriptionSummary! };
      },
      wait,
    );
  return {
    async read({ kind, streamName, mode, shards }) {
      const now = await settled(streamName);
      const modeNow = now.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
      // On demand the number of shards becomes another.
      const isLeft = mode === 'ON_DEMAND' && modeNow === 'PROVISIONED';
      return {
        kind,
        streamName,
        ...(mode !== undefined && { mode: modeNow }),
        ...((shards !== undefined || isLeft) && { shards: now.OpenShardCount! }),
      };
    },
    async write({ streamName, mode, shards }) {
      let now = await settled(streamName);
      if (mode !== undefined && now.StreamModeDetails?.StreamMode !== mode) {
        await client.send(
          new UpdateStreamModeCommand({ StreamARN: now.StreamARN!, StreamModeDetails: { StreamMode: mode } }),
        );
        now = await settled(streamName);
      }
      if (shards === undefined || now.OpenShardCount === shards) return;
      const update = { StreamName: streamName, TargetShardCount: shards, ScalingType: 'UNIFORM_SCALING' } as const;
      await client.send(new UpdateShardCountCommand(update));
    },
  };
}
