import type { Meter } from '../../measure/meter.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { Cache } from '../../services/cache.ts';
import { Database } from '../../services/database.ts';
import { Queue } from '../../services/queue.ts';
import { Stream } from '../../services/stream.ts';
import { type DependencyParts, Table } from '../../services/table.ts';
import { mapOf } from './map-of.ts';

/** What functions call, and what holds records and messages for them. */
export interface Dependencies {
  readonly databases: ReadonlyMap<string, Database>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly caches: ReadonlyMap<string, Cache>;
  readonly streams: ReadonlyMap<string, Stream>;
  readonly queues: ReadonlyMap<string, Queue>;
}

export function buildDependencies(scenario: Scenario, meter: Meter): Dependencies {
  const { assumptions, tick: tickMs } = scenario;
  const shared = (name: string): DependencyParts => ({
    assumptions,
    meter,
    faults: scenario.faults.filter(({ target }) => target === name),
    tickMs,
  });
  const queueParts = { meter, putCallMs: assumptions.putCallMs };
  return {
    databases: mapOf(scenario.databases, (name, spec) => new Database(name, spec, shared(name))),
    tables: mapOf(scenario.tables, (name, spec) => new Table(name, spec, shared(name))),
    caches: mapOf(scenario.caches, (name, spec) => new Cache(name, spec, shared(name))),
    streams: mapOf(scenario.streams, (name, spec) => new Stream(name, spec, shared(name))),
    queues: mapOf(scenario.queues, (name, spec) => new Queue(name, spec, queueParts)),
  };
}
