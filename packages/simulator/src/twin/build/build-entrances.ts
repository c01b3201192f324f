import type { Meter } from '../../measure/meter.ts';
import { createSampler } from '../../random/sampler.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { Api } from '../../services/api.ts';
import { Cdn } from '../../services/cdn.ts';
import { SyncClient } from '../../services/sync-client.ts';
import { type Receiver, Traffic } from '../../services/traffic.ts';
import type { Dependencies } from './build-dependencies.ts';
import type { Functions } from './build-functions.ts';
import { mapOf } from './map-of.ts';

/** Longest that somebody waits who calls a function without an API, ms: beyond any timeout of a function. */
const DIRECT_TIMEOUT_MS = 920_000;

/** Traffic, and what it goes through before it reaches a function, a stream or a queue. */
export interface Entrances {
  readonly traffic: readonly Traffic[];
  readonly cdns: ReadonlyMap<string, Cdn>;
  readonly apis: ReadonlyMap<string, Api>;
  /** Of functions that traffic calls directly. */
  readonly clients: ReadonlyMap<string, SyncClient>;
}

export function buildEntrances(
  scenario: Scenario,
  meter: Meter,
  { functions, streams, queues }: Functions & Dependencies,
): Entrances {
  const { seed, tick: tickMs, assumptions } = scenario;
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
  const cdns = new Map<string, Cdn>();
  const receiverOf = (name: string): Receiver => {
    const api = apis.get(name);
    if (api) return (tick, count, timesMs) => api.receive(tick, count, timesMs);
    const target = functions.get(name);
    if (target) {
      const direct = clients.get(name) ?? client(name, DIRECT_TIMEOUT_MS, 0);
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
  for (const [name, spec] of Object.entries(scenario.cdns))
    cdns.set(
      name,
      new Cdn(name, spec, { receive: receiverOf(spec.to), sampler: createSampler(seed, `cdn/${name}`), meter }),
    );
  const traffic = scenario.traffic.map(
    ({ to, curve }, index) => new Traffic(to, curve, { receive: receiverOf(to), seed, index }),
  );
  return { traffic, cdns, apis, clients };
}
