import { ApiError } from '../../core/service.ts';
import type { Stream, StreamMode } from './stream.ts';
import type { Input } from './streams.ts';

const DAY_MS = 86_400_000;
/** Source: Kinesis API Reference, UpdateShardCount and UpdateStreamMode. */
const MOST_RESHARDINGS_A_DAY = 10;
const MOST_MODES_A_DAY = 2;

/** UpdateShardCount: to at most twice, and at least half of the open shards, ten times a day. */
export function updateShardCount(stream: Stream, input: Input, now: number) {
  const { TargetShardCount: target, ScalingType } = input;
  const current = stream.openShards.length;
  if (ScalingType !== 'UNIFORM_SCALING') throw invalid(`ScalingType ${String(ScalingType)} is not UNIFORM_SCALING.`);
  if (stream.mode === 'ON_DEMAND')
    throw invalid(`Stream ${stream.name} is in ON_DEMAND mode: its shard count cannot be updated.`);
  if (
    typeof target !== 'number' ||
    !Number.isInteger(target) ||
    target < Math.ceil(current / 2) ||
    target > current * 2
  )
    throw invalid(
      `UpdateShardCount cannot scale from ${current} to ${String(target)} open shards: between ${Math.ceil(current / 2)} and ${current * 2}.`,
    );
  if (target !== current) {
    countChange(stream, 'shards', MOST_RESHARDINGS_A_DAY, now);
    stream.reshard(target);
  }
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    CurrentShardCount: current,
    TargetShardCount: target,
  };
}

/** UpdateStreamMode: twice a day. The shards stay as they are. */
export function updateStreamMode(stream: Stream, input: Input, now: number): void {
  const mode = (input.StreamModeDetails as { readonly StreamMode?: StreamMode } | undefined)?.StreamMode;
  if (mode !== 'ON_DEMAND' && mode !== 'PROVISIONED') throw invalid(`StreamMode ${String(mode)} is not known.`);
  if (mode === stream.mode) return;
  countChange(stream, 'mode', MOST_MODES_A_DAY, now);
  stream.mode = mode;
}

/** Notes a change; throws `LimitExceededException` where too many were made in the last 24 hours. */
function countChange(stream: Stream, kind: 'shards' | 'mode', most: number, now: number): void {
  const recent = stream.changes.filter((change) => change.kind === kind && change.at > now - DAY_MS);
  if (recent.length >= most)
    throw new ApiError(
      'LimitExceededException',
      `Stream ${stream.name} was changed ${most} times in the last 24 hours.`,
    );
  stream.changes.push({ kind, at: now });
}

const invalid = (message: string): ApiError => new ApiError('InvalidArgumentException', message);
