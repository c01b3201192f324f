import { billedMs, type Outcome } from '../../measure/window-recorder.ts';
import type { Tick } from '../../tick.ts';
import type { Demand } from '../caller.ts';
import type { Profile } from '../invocation-model.ts';
import { type Room, type RunningFunction, record, throttle } from './running-function.ts';

/** Requests one by one: each takes the environment that is free at its moment. */
export function runExactly(
  running: RunningFunction,
  tick: Tick,
  demands: readonly Demand[],
  { limit, rateLimit, ready }: Room,
): void {
  const { underWay, pool, recycling, scaling, sampler, model, tally, provisioned } = running;
  const { last } = tally;
  provisioned.most = ready;
  underWay.separate(tick, sampler);
  last.peak = underWay.count;
  const arrivals = arrivalsOf(running, tick, demands);
  for (let arrival = arrivals.shift(); arrival !== undefined; arrival = arrivals.shift()) {
    const { demand, atMs } = arrival;
    const freeAtMs = demand.pollers?.freeAt(atMs) ?? atMs;
    if (freeAtMs > atMs) {
      wait(running, tick, arrivals, { demand, atMs: freeAtMs });
      continue;
    }
    underWay.release(atMs);
    const onDemand = underWay.count + 1 - ready;
    const isRecycled = onDemand > 0 && recycling.takeOne(pool.size, model.coldShare);
    const mustCreate = isRecycled || onDemand > pool.size;
    if (underWay.count >= limit || last.invoked >= rateLimit || (mustCreate && scaling.left(tick) < 1)) {
      throttle(running, tick, demand, 1);
      continue;
    }
    if (mustCreate) scaling.create(tick, 1);
    pool.use(tick.startMs, onDemand);
    last.created += mustCreate ? 1 : 0;
    invokeOne(running, tick, demand, { atMs, isCold: mustCreate });
    last.peak = Math.max(last.peak, underWay.count);
  }
  last.busyMs = underWay.release(tick.endMs);
  pool.use(tick.startMs, last.peak - ready);
}

interface Arrival {
  readonly demand: Demand;
  readonly atMs: number;
}

/** Takes its place among those to come; beyond the tick it is for the next one. */
function wait({ tally }: RunningFunction, tick: Tick, arrivals: Arrival[], arrival: Arrival): void {
  if (arrival.atMs >= tick.endMs) {
    tally.postpone(1);
    arrival.demand.caller.postponed?.(1);
    return;
  }
  const later = arrivals.findIndex(({ atMs }) => atMs > arrival.atMs);
  arrivals.splice(later < 0 ? arrivals.length : later, 0, arrival);
}

function arrivalsOf({ sampler }: RunningFunction, tick: Tick, demands: readonly Demand[]): Arrival[] {
  return demands
    .flatMap((demand) =>
      Array.from({ length: demand.count }, (_, index) => ({
        demand,
        atMs: demand.timesMs?.[index] ?? tick.startMs + sampler.uniform() * tick.lengthMs,
      })),
    )
    .sort((a, b) => a.atMs - b.atMs);
}

function invokeOne(
  running: RunningFunction,
  tick: Tick,
  demand: Demand,
  { atMs, isCold }: { atMs: number; isCold: boolean },
): void {
  const { model, sampler, underWay, tally, cpuMs, provisioned } = running;
  const version = model.pickVersion();
  const profile = model.profile(version, demand.extraCpuMs ?? 0);
  const initMs = isCold ? model.initMs() : 0;
  const full = model.durationMs(profile, sampler.normal());
  const outcome = outcomeOf(running, full, profile, demand);
  const durationMs = Math.min(full, model.timeoutMs);
  record(running, { version: version.number, count: 1, outcome, durationMs, initMs });
  underWay.begin(atMs + initMs + durationMs, outcome === 'success');
  if (provisioned.freeAt(atMs) === atMs) {
    provisioned.take(atMs + initMs + durationMs);
    tally.countProvisioned(billedMs(durationMs, initMs));
  }
  demand.pollers?.take(atMs + initMs + durationMs);
  demand.caller.invokedAt(tick, atMs, initMs + durationMs, outcome === 'success');
  tally.last.cpuMs += cpuMs + (demand.extraCpuMs ?? 0);
  model.askDependencies(1);
}

function outcomeOf({ sampler, model }: RunningFunction, fullMs: number, profile: Profile, demand: Demand): Outcome {
  if (sampler.uniform() < profile.outOfMemoryShare) return 'out-of-memory';
  if (fullMs > model.timeoutMs) return 'timeout';
  if (demand.alwaysFails || sampler.uniform() < profile.errorShare) return 'error';
  return 'success';
}
