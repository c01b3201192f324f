import { ApiError } from '../../../core/service.ts';
import type { StreamSourcePeer } from '../../kinesis/kinesis-peer.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { isActive, type Mapping, type SourceReader } from './mapping.ts';
import { SourceProblem } from './source-problem.ts';
import { StreamShard } from './stream-shard.ts';
import { streamKind, streamSource } from './stream-source.ts';

const READ_LIMIT = 10_000;
/** What a stream's mapping does as the function's role. */
const READ_ACTIONS = {
  kinesis: ['kinesis:GetRecords', 'kinesis:GetShardIterator'],
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
};
/** How it learns of shards. Roles that the Serverless Framework writes by default have only `DescribeStream`, and work. */
const SHARD_ACTIONS = ['kinesis:DescribeStreamSummary', 'kinesis:ListShards'];

/** Starts reading a stream for a mapping. Throws InvalidParameterValueException where the function's role may not read it. */
export async function startStreamReader(core: LambdaCore, mapping: Mapping): Promise<SourceReader> {
  const { context } = core;
  const { eventSourceArn, startingPosition } = mapping.settings;
  const assertMayRead = () => assertRoleMayRead(core, mapping);
  assertMayRead();
  const shards = new Map<string, StreamShard>();
  const addShards = async (isFirst: boolean) => {
    for (const shardId of await streamSource(core, mapping).shards(eventSourceArn)) {
      if (shards.has(shardId)) continue;
      const after =
        isFirst && startingPosition === 'LATEST'
          ? await lastSequenceNumber(streamSource(core, mapping), eventSourceArn, shardId)
          : undefined;
      shards.set(shardId, new StreamShard({ core, mapping, shardId, after, assertMayRead }));
    }
  };
  await addShards(true);
  const look = async () => {
    // A shard that came by resharding is read from its beginning.
    await addShards(false);
    for (const shard of shards.values()) shard.wake();
  };
  const wake = () => {
    if (isActive(mapping)) void context.track(problem.guard(look)).catch(context.report);
  };
  const problem = new SourceProblem(context, mapping, wake);
  const stopListening = streamSource(core, mapping).onWrite(eventSourceArn, wake);
  return {
    wake,
    stop() {
      stopListening();
      for (const shard of shards.values()) shard.stop();
    },
  };
}

async function lastSequenceNumber(
  source: StreamSourcePeer,
  streamArn: string,
  shardId: string,
): Promise<string | undefined> {
  let after: string | undefined;
  for (;;) {
    const records = await source.read(streamArn, shardId, after, READ_LIMIT);
    if (records.length === 0) return after;
    after = records.at(-1)?.sequenceNumber;
  }
}

function assertRoleMayRead({ context, functions }: LambdaCore, { functionArn, settings }: Mapping): void {
  const { roleArn } = functions.resolve(functionArn).configuration;
  const allows = (action: string) => context.peers.iam.assertRoleAllows(roleArn, action, settings.eventSourceArn);
  try {
    for (const action of READ_ACTIONS[streamKind(settings)]) allows(action);
    if (settings.source === 'dynamodb') return;
    try {
      for (const action of SHARD_ACTIONS) allows(action);
    } catch {
      allows('kinesis:DescribeStream');
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw invalidParameter(
      `Cannot access stream ${settings.eventSourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, ` +
        `DescribeStream, ListShards, and ListStreams Actions on your stream in IAM. (${error.message})`,
    );
  }
}
