import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  UpdateShardCountCommand,
  UpdateStreamModeCommand,
} from '@aws-sdk/client-kinesis';
import { expect, test } from '@jest/globals';
import { kinesisCapacity } from './kinesis-capacity.ts';

const TWICE = { kind: 'kinesis-capacity', streamName: 'bookings', shards: 4 } as const;
const ON_DEMAND = { kind: 'kinesis-capacity', streamName: 'bookings', mode: 'ON_DEMAND' } as const;

/** A stream whose changes take until somebody has waited; as AWS does, it refuses one while another is under way. */
function aStream() {
  const stream = { mode: 'PROVISIONED', shards: 2 };
  let onTheWay: (() => void) | undefined;
  let changes = 0;
  const change = (make: () => void) => {
    if (onTheWay !== undefined) throw new Error('ResourceInUseException');
    onTheWay = make;
    changes += 1;
  };
  const send = async (command: unknown) => {
    if (command instanceof UpdateStreamModeCommand)
      return change(() => Object.assign(stream, { mode: command.input.StreamModeDetails?.StreamMode, shards: 4 }));
    if (command instanceof UpdateShardCountCommand)
      return change(() => Object.assign(stream, { shards: command.input.TargetShardCount }));
    if (!(command instanceof DescribeStreamSummaryCommand)) throw new Error('nobody should ask');
    const StreamStatus = onTheWay === undefined ? 'ACTIVE' : 'UPDATING';
    const StreamDescriptionSummary = {
      StreamStatus,
      OpenShardCount: stream.shards,
      StreamModeDetails: { StreamMode: stream.mode },
    };
    return { StreamDescriptionSummary };
  };
  const wait = async () => {
    onTheWay?.();
    onTheWay = undefined;
  };
  return { hands: kinesisCapacity({ send } as unknown as KinesisClient, wait), stream, wait, changes: () => changes };
}

test('shards that are on their way are waited for, and not asked for again', async () => {
  const { hands, wait, stream, changes } = aStream();

  for (let times = 0; times < 2; times++) await hands.write(TWICE, 0);
  await wait();

  expect([stream.shards, changes()]).toEqual([4, 1]);
});

test('a stream goes back to its mode, and then to its shards', async () => {
  const { hands, wait, stream } = aStream();
  const before = await hands.read(ON_DEMAND);
  await hands.write(ON_DEMAND, 0);

  if (before.kind !== 'kinesis-capacity') throw new Error('nothing to go back to');
  await hands.undo!(ON_DEMAND, before, { takenAt: 0 });
  await wait();

  expect(stream).toEqual({ mode: 'PROVISIONED', shards: 2 });
});

test('what is read while AWS is at a change is what it will be', async () => {
  const { hands } = aStream();
  await hands.write(TWICE, 0);

  expect(await hands.read(TWICE)).toMatchObject({ shards: 4 });
});
