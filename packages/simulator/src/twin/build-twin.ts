import type { BoundCall } from '../lambda/invocation-model.ts';
import { LambdaFunction } from '../lambda/lambda-function.ts';
import { Meter } from '../measure/meter.ts';
import { createSampler } from '../random/sampler.ts';
import type { Call, Scenario } from '../scenario/scenario.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { Api } from '../services/api.ts';
import { AsyncEvents } from '../services/async-events.ts';
import { Cache } from '../services/cache.ts';
import { Cdn } from '../services/cdn.ts';
import { Database } from '../services/database.ts';
import type { Dependency } from '../services/dependency.ts';
import { Queue } from '../services/queue.ts';
import { QueueMapping } from '../services/queue-mapping.ts';
import { Stream } from '../services/stream.ts';
import { StreamMapping } from '../services/stream-mapping.ts';
import { SyncClient } from '../services/sync-client.ts';
import { type DependencyParts, Table } from '../services/table.ts';
import { type Receiver, Traffic } from '../services/traffic.ts';
import { checkScenario } from './check-scenario.ts';

/** Everything that a scenario names, wired together. */
export interface Parts {
  readonly meter: Meter;
  readonly traffic: readonly Traffic[];
  readonly cdns: ReadonlyMap<string, Cdn>;
  readonly apis: ReadonlyMap<string, Api>;
  readonly clients: ReadonlyMap<string, SyncClient>;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly events: ReadonlyMap<string, AsyncEvents>;
  readonly streams: ReadonlyMap<string, Stream>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly streamMappings: ReadonlyMap<string, StreamMapping>;
  readonly queueMappings: ReadonlyMap<string, QueueMapping>;
  readonly databases: ReadonlyMap<string, Database>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly caches: ReadonlyMap<string, Cache>;
}

/** Builds the parts of a scenario. Throws a {@link ScenarioError} where it names something that is not there. */
export function buildParts(scenario: Scenario): Parts {
  checkScenario(scenario);
  const { seed, tick: tickMs, assumptions } = scenario;
  const meter = new Meter(assumptions.cdnUsdPerGb);
  const shared = (name: string): DependencyParts => ({
    assumptions,
    meter,
    faults: scenario.faults.filter(({ target }) => target === name),
    tickMs,
  });
  const databases = mapOf(scenario.databases, (name, spec) => new Database(name, spec, shared(name)));
  const tables = mapOf(scenario.tables, (name, spec) => new Table(name, spec, shared(name)));
  const caches = mapOf(scenario.caches, (name, spec) => new Cache(name, spec, shared(name)));
  const streams = mapOf(scenario.streams, (name, spec) => new Stream(name, spec, shared(name)));
  const queues = mapOf(
    scenario.queues,
    (name, spec) => new Queue(name, spec, { meter, putCallMs: assumptions.putCallMs }),
  );
  const bound = new Map<string, BoundCall[]>();
  const functions = mapOf(scenario.functions, (name, spec) => {
    const calls: BoundCall[] = [];
    bound.set(name, calls);
    return new LambdaFunction({
      name,
      spec,
      calls,
      faults: scenario.faults.filter(({ target }) => target === name),
      assumptions,
      meter,
      seed,
      epochMs: Date.parse(scenario.start),
      tickMs,
      exactUpTo: scenario.exactUpTo,
    });
  });
  const events = mapOf(
    scenario.functions,
    (name, spec) =>
      new AsyncEvents({
        target: functions.get(name)!,
        retries: spec.asyncRetries,
        putCallMs: assumptions.putCallMs,
        sampler: createSampler(seed, `async/${name}`),
        tickMs,
      }),
  );
  const dependencyOf = (call: Call): Dependency => {
    const table = tables.get(call.to);
    if (table)
      return table.port({ reads: 'reads' in call ? call.reads : 0, writes: 'writes' in call ? call.writes : 0 });
    return (databases.get(call.to) ??
      caches.get(call.to) ??
      streams.get(call.to) ??
      queues.get(call.to) ??
      events.get(call.to))!;
  };
  for (const [name, spec] of Object.entries(scenario.functions))
    bound.get(name)!.push(...bindCalls(spec.calls, dependencyOf));
  const client = (name: string, timeoutMs: number, overheadMs: number): SyncClient =>
    new SyncClient({ tickMs, overheadMs, timeoutMs, sampler: createSampler(seed, `client/${name}`) });
  const apis = mapOf(
    scenario.apis,
    (name, spec) =>
      new Api(name, spec, {
        client: client(name, spec.timeout, assumptions.apiOverheadMs),
        target: functions.get(spec.to)!,
        meter,
      }),
  );
  const clients = new Map<string, SyncClient>();
  const receiverOf = (name: string): Receiver => {
    const api = apis.get(name);
    if (api) return (tick, count, timesMs) => api.receive(tick, count, timesMs);
    const target = functions.get(name);
    if (target) {
      const direct = clients.get(name) ?? client(name, 920_000, 0);
      clients.set(name, direct);
      return (_tick, count, timesMs) => {
        direct.requests += count;
        target.demand({ caller: direct, count, ...(timesMs ? { timesMs } : {}) });
      };
    }
    const cdn = cdns.get(name);
    if (cdn) return (tick, count) => cdn.receive(tick, count);
    const store = (streams.get(name) ?? queues.get(name))!;
    return (_tick, count) => store.ask(count, 1);
  };
  const cdns = new Map<string, Cdn>();
  for (const [name, spec] of Object.entries(scenario.cdns))
    cdns.set(
      name,
      new Cdn(name, spec, { receive: receiverOf(spec.to), sampler: createSampler(seed, `cdn/${name}`), meter }),
    );
  const traffic = scenario.traffic.map(
    ({ to, curve }, index) => new Traffic(to, curve, { receive: receiverOf(to), seed, index }),
  );
  const mappingParts = (index: number) => {
    const spec = scenario.mappings[index]!;
    const target = functions.get(spec.to)!;
    const sampler = createSampler(seed, `mapping/${spec.from}`);
    return {
      spec,
      target,
      sampler,
      assumptions,
      tickMs,
      faults: scenario.faults.filter((fault) => fault.target === spec.from),
    };
  };
  const streamMappings = new Map<string, StreamMapping>();
  const queueMappings = new Map<string, QueueMapping>();
  for (const [index, { from }] of scenario.mappings.entries()) {
    const stream = streams.get(from);
    if (stream) streamMappings.set(from, new StreamMapping(stream, mappingParts(index)));
    else queueMappings.set(from, new QueueMapping(queues.get(from)!, mappingParts(index)));
  }
  return {
    meter,
    traffic,
    cdns,
    apis,
    clients,
    functions,
    events,
    streams,
    queues,
    streamMappings,
    queueMappings,
    databases,
    tables,
    caches,
  };
}

function mapOf<S, T>(specs: Readonly<Record<string, S>>, create: (name: string, spec: S) => T): Map<string, T> {
  return new Map(Object.entries(specs).map(([name, spec]) => [name, create(name, spec)]));
}

/** A cache's hits save that share of the calls after it. */
function bindCalls(calls: readonly Call[], dependencyOf: (call: Call) => Dependency): BoundCall[] {
  let share = 1;
  return calls.map((call) => {
    const mine = { dependency: dependencyOf(call), units: unitsOf(call), share };
    if ('gets' in call) share *= 1 - call.hitPct / 100;
    return mine;
  });
}

function unitsOf(call: Call): number {
  if ('statements' in call) return call.statements;
  if ('gets' in call) return call.gets;
  if ('records' in call) return call.records;
  if ('messages' in call) return call.messages;
  if ('events' in call) return call.events;
  return call.reads + call.writes > 0 ? 1 : 0;
}
