import type { AliasState } from '../lambda/versions.ts';
import type { SeriesStore } from '../measure/series-store.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Parts } from './build/build-parts.ts';

/** A function as its configuration and metrics show it. Counts are those of the last minute. */
export interface FunctionState {
  readonly name: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly reservedConcurrency: number | undefined;
  readonly provisionedConcurrency: number;
  readonly newVersionPct: number;
  /** What callers reach it by. */
  readonly alias: AliasState;
  /** Published versions, newest first. */
  readonly versions: readonly string[];
  readonly concurrency: number;
  readonly environments: number;
  readonly throttles: number;
  readonly memoryUsedMb: number;
}

export interface MappingState {
  /** Name of its source. */
  readonly source: string;
  readonly isPaused: boolean;
  readonly backlog: number;
  /** Age of the oldest record or message, ms. */
  readonly ageMs: number;
  readonly parallelization: number | undefined;
  readonly shards: number | undefined;
  /** Of a queue. */
  readonly visibilityTimeoutMs: number | undefined;
}

export interface DatabaseState {
  readonly name: string;
  readonly acu: number;
  readonly minAcu: number;
  readonly maxAcu: number;
  readonly isPaused: boolean;
  readonly loadPct: number;
  readonly connections: number;
  readonly maxConnections: number;
}

/** What somebody with read access to the account would see now. The faults are not in it. */
export interface TwinState {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly accountConcurrency: number;
  readonly costUsd: number;
  readonly functions: readonly FunctionState[];
  readonly mappings: readonly MappingState[];
  readonly databases: readonly DatabaseState[];
}

/** Reads the state of a twin's parts. */
export function stateOf(
  parts: Parts,
  scenario: Scenario,
  { now, series }: { now: number; series: SeriesStore },
): TwinState {
  const elapsed = now - Date.parse(scenario.start);
  const ticks = Math.max(1, Math.round(60_000 / scenario.tick));
  const lastMinute = (name: string): number =>
    series
      .get(name)
      .slice(-ticks)
      .reduce((sum, value) => sum + value, 0);
  return {
    now,
    accountConcurrency: scenario.account.concurrency,
    costUsd: parts.meter.total,
    functions: [...parts.functions.values()].map((each) => ({
      name: each.name,
      memoryMb: each.model.memoryMb,
      timeoutMs: each.model.timeoutMs,
      reservedConcurrency: each.reserved,
      provisionedConcurrency: each.provisioned.requested,
      newVersionPct: each.model.versions.newestPct,
      alias: each.model.versions.alias,
      versions: each.model.versions.published,
      concurrency: each.inFlight,
      environments: each.environments,
      throttles: lastMinute(`${each.name}.throttles`),
      memoryUsedMb: each.model.memoryUsedMb,
    })),
    mappings: [
      ...[...parts.streamMappings].map(([source, mapping]) => ({
        source,
        isPaused: mapping.isPaused,
        backlog: mapping.waiting,
        ageMs: mapping.iteratorAgeMs(elapsed),
        parallelization: mapping.parallelization,
        shards: parts.streams.get(source)!.shards,
        visibilityTimeoutMs: undefined,
      })),
      ...[...parts.queueMappings].map(([source, mapping]) => ({
        source,
        isPaused: mapping.isPaused,
        backlog: parts.queues.get(source)!.size,
        ageMs: parts.queues.get(source)!.ageOfOldestMs(elapsed),
        parallelization: undefined,
        shards: undefined,
        visibilityTimeoutMs: parts.queues.get(source)!.spec.visibilityTimeout,
      })),
    ],
    databases: [...parts.databases.values()].map((each) => ({
      name: each.name,
      acu: each.acuShown,
      minAcu: each.minAcu,
      maxAcu: each.maxAcu,
      isPaused: each.isPaused,
      loadPct: 100 * each.load,
      connections: each.connections,
      maxConnections: each.maxConnections,
    })),
  };
}
