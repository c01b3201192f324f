import { isDeepStrictEqual } from 'node:util';
import type { Change } from '@lamplighter/remedies';
import type { Action, TwinState } from '@lamplighter/simulator';

export interface TwinStep {
  readonly action: Action;
  /** What makes it as it was, as things stand when it is taken back; undefined where nothing has to, or may be. */
  readonly undo: (state: TwinState) => Action | undefined;
}

/** A repair as the twin can carry it out, and take it back; undefined for one that the twin knows nothing of (tracing, log levels, warm-up calls). */
export function actionOfChange(change: Change, state: TwinState): TwinStep | undefined {
  const target = 'functionName' in change ? change.functionName : '';
  const found = state.functions.find(({ name }) => name === target);
  switch (change.kind) {
    case 'lambda-configuration':
    case 'lambda-release':
      return found && configuration(change, found);
    case 'lambda-reserved-concurrency': {
      const kind = 'set-reserved-concurrency' as const;
      const undo = { kind, target, concurrency: found?.reservedConcurrency ?? null };
      return { action: { kind, target, concurrency: change.concurrency }, undo: () => undo };
    }
    case 'lambda-provisioned-concurrency': {
      const kind = 'set-provisioned-concurrency' as const;
      const undo = { kind, target, concurrency: found?.provisionedConcurrency ?? 0 };
      return { action: { kind, target, concurrency: change.concurrency }, undo: () => undo };
    }
    case 'lambda-alias':
      return found && alias(change, found);
    case 'event-source-mapping':
      return mapping(change, state);
    case 'kinesis-capacity': {
      const kind = 'set-shards' as const;
      const shards = state.mappings.find(({ source }) => source === change.streamName)?.shards;
      if (change.shards === undefined || shards === undefined) return undefined;
      return {
        action: { kind, target: change.streamName, shards: change.shards },
        undo: () => ({ kind, target: change.streamName, shards }),
      };
    }
    case 'aurora-capacity': {
      const kind = 'set-acu-range' as const;
      const database = state.databases.find(({ name }) => name === change.clusterId);
      if (database === undefined) return undefined;
      const { name, minAcu, maxAcu } = database;
      return {
        action: { kind, target: name, minAcu: change.minAcu, maxAcu: change.maxAcu },
        undo: () => ({ kind, target: name, minAcu, maxAcu }),
      };
    }
    case 'aurora-index':
      return { action: { kind: 'create-index', target: change.clusterArn }, undo: () => undefined };
    default:
      return undefined;
  }
}

type Pointing = Pick<Extract<Change, { kind: 'lambda-alias' }>, 'version' | 'weights'>;

/** Undone only while the alias points to where the repair left it: whoever released meanwhile knows better. */
function alias(
  { version, weights }: Pointing,
  { name: target, alias: before, versions }: TwinState['functions'][number],
): TwinStep | undefined {
  const action = pointTo(target, { version, weights }, versions);
  const undo = ({ functions }: TwinState): Action | undefined => {
    const now = functions.find(({ name }) => name === target);
    return isDeepStrictEqual(now?.alias, { version, weights }) ? pointTo(target, before, now?.versions) : undefined;
  };
  return action && { action, undo };
}

/** Undefined for a share of another version than the newest, which the twin cannot give. @param versions newest first */
function pointTo(
  target: string,
  { version, weights }: Pointing,
  [newest = '']: readonly string[] = [],
): Action | undefined {
  const step = { kind: 'set-alias-weight' as const, target };
  if (Object.keys(weights).some((other) => other !== newest)) return undefined;
  if (version === newest) return { ...step, newVersionPct: 100 };
  return { ...step, newVersionPct: 100 * (weights[newest] ?? 0), version };
}

function configuration(
  { memorySizeMb, timeoutS }: Extract<Change, { kind: 'lambda-configuration' | 'lambda-release' }>,
  { name: target, memoryMb, timeoutMs }: TwinState['functions'][number],
): TwinStep | undefined {
  if (memorySizeMb !== undefined) {
    const kind = 'set-memory' as const;
    return { action: { kind, target, memoryMb: memorySizeMb }, undo: () => ({ kind, target, memoryMb }) };
  }
  if (timeoutS === undefined) return undefined;
  const kind = 'set-timeout' as const;
  return { action: { kind, target, timeout: timeoutS * 1000 }, undo: () => ({ kind, target, timeout: timeoutMs }) };
}

function mapping(change: Extract<Change, { kind: 'event-source-mapping' }>, state: TwinState): TwinStep | undefined {
  const now = state.mappings.find(({ source }) => source === change.uuid);
  if (now === undefined) return undefined;
  const step = { kind: 'set-mapping' as const, target: change.uuid };
  if (change.parallelizationFactor !== undefined) {
    const { parallelization } = now;
    const undo = parallelization === undefined ? undefined : { ...step, parallelization };
    return { action: { ...step, parallelization: change.parallelizationFactor }, undo: () => undo };
  }
  if (change.maximumRetryAttempts !== undefined)
    return { action: { ...step, maximumRetries: change.maximumRetryAttempts }, undo: () => undefined };
  if (change.enabled === undefined) return undefined;
  return { action: { ...step, paused: !change.enabled }, undo: () => ({ ...step, paused: now.isPaused }) };
}
