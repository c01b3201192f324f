import type { Tick } from '../../tick.ts';
import type { Demand } from '../caller.ts';
import { type Admission, admit } from './admission.ts';
import { blockedArrivals } from './blocked-arrivals.ts';
import { erlangLoss } from './erlang-loss.ts';
import { invokeMany } from './invoke-many.ts';
import { type Room, type RunningFunction, throttle } from './running-function.ts';

/** Many at once, by the distribution of how many go which way. */
export function runTogether(
  running: RunningFunction,
  tick: Tick,
  demands: readonly Demand[],
  { limit, rateLimit, ready }: Room,
): void {
  const { underWay, pool, scaling, sampler, model, tally } = running;
  const { last } = tally;
  const arrivals = last.requests;
  const polled = demands.reduce((sum, { pollers, count }) => sum + (pollers === undefined ? 0 : count), 0);
  const before = underWay.count;
  underWay.join(tick);
  const leaving = underWay.leavingTogether(tick);
  const meanDurationMs = model.meanDurationMs(meanExtraCpuMs(demands, arrivals));
  const initMs = model.initMs();
  const mayCreate = scaling.left(tick);
  const load = { tickMs: tick.lengthMs, staying: underWay.count - leaving, meanDurationMs, concurrencyLimit: limit };
  const blocked = blockedArrivals({ ...load, arrivals: arrivals - polled }, sampler);
  const environments = pool.size + ready;
  const chanceShare = 1 - polled / Math.max(1, arrivals);
  const admission = admit({
    ...load,
    ...{ arrivals: arrivals - blocked, chanceShare, initMs, environments, mayCreate, rateLimit },
  });
  const cold = admission.created + recycled(running, admission, mayCreate);
  scaling.create(tick, cold);
  last.created = cold;
  const most = Math.min(limit, mostAtOnce(demands));
  pool.use(tick.startMs, Math.min(admission.peak, most) - ready);
  shareOut(running, tick, demands, { arrivals, admitted: admission.admitted, cold, initMs });
  // Each that began has an environment to itself.
  underWay.settle(tick, Math.min(most, Math.max(before, pool.size + ready)));
  last.peak = Math.max(Math.min(admission.peak, most), Math.min(before, most), underWay.count);
  last.busyMs = ((before + underWay.count) / 2) * tick.lengthMs;
  if (ready > 0) tally.countProvisioned(tally.billedMs * (1 - erlangLoss(ready, last.busyMs / tick.lengthMs)));
}

/** More than their pollers have not begun at once. */
function mostAtOnce(demands: readonly Demand[]): number {
  if (demands.length === 0 || demands.some(({ pollers }) => pollers === undefined)) return Number.POSITIVE_INFINITY;
  return [...new Set(demands.map(({ pollers }) => pollers!))].reduce((sum, { most }) => sum + most, 0);
}

const meanExtraCpuMs = (demands: readonly Demand[], arrivals: number): number =>
  demands.reduce((sum, { count, extraCpuMs = 0 }) => sum + count * extraCpuMs, 0) / (arrivals || 1);

/** Environments that are made anew in place of old ones. */
function recycled({ recycling, model }: RunningFunction, { admitted, created }: Admission, mayCreate: number): number {
  return Math.min(recycling.takeMany(admitted, model.coldShare), mayCreate - created, admitted - created);
}

function shareOut(
  running: RunningFunction,
  tick: Tick,
  demands: readonly Demand[],
  total: { arrivals: number; admitted: number; cold: number; initMs: number },
): void {
  let { arrivals, admitted, cold } = total;
  for (const demand of demands) {
    const mine =
      demand.count === arrivals ? admitted : Math.min(demand.count, Math.round((admitted * demand.count) / arrivals));
    const myCold = mine === admitted ? cold : Math.min(mine, Math.round((cold * mine) / (admitted || 1)));
    arrivals -= demand.count;
    admitted -= mine;
    cold -= myCold;
    if (demand.count > mine) throttle(running, tick, demand, demand.count - mine);
    if (mine === 0) continue;
    invokeMany(running, tick, demand, mine - myCold, 0);
    invokeMany(running, tick, demand, myCold, total.initMs);
    running.tally.last.cpuMs += mine * (running.cpuMs + (demand.extraCpuMs ?? 0));
    running.model.askDependencies(mine);
  }
}
