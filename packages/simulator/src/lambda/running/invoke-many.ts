import type { Tick } from '../../tick.ts';
import type { Demand } from '../caller.ts';
import { chooseGrid, splitOverBins } from '../duration-bins.ts';
import type { Profile } from '../invocation-model.ts';
import { type RunningFunction, record } from './running-function.ts';

/** Invokes that many of a demand: as many of each version as its weight has, as many of each duration as the distribution has. */
export function invokeMany(running: RunningFunction, tick: Tick, demand: Demand, count: number, initMs: number): void {
  const { model, sampler } = running;
  let rest = count;
  const versions = model.versions.active();
  for (const [index, version] of versions.entries()) {
    const here = index === versions.length - 1 ? rest : sampler.binomial(rest, version.weight);
    rest -= here;
    if (here === 0) continue;
    const profile = model.profile(version, demand.extraCpuMs ?? 0);
    splitOverBins(here, chooseGrid(sampler), sampler, (z, each) =>
      invokeAlike(running, tick, demand, profile, { version: version.number, z, count: each, initMs }),
    );
  }
}

function invokeAlike(
  running: RunningFunction,
  tick: Tick,
  demand: Demand,
  profile: Profile,
  { version, z, count, initMs }: { version: string; z: number; count: number; initMs: number },
): void {
  const { model, sampler, underWay } = running;
  const full = model.durationMs(profile, z);
  const durationMs = Math.min(full, model.timeoutMs);
  const outOfMemory = profile.outOfMemoryShare > 0 ? sampler.binomial(count, profile.outOfMemoryShare) : 0;
  const alive = count - outOfMemory;
  const timeouts = full > model.timeoutMs ? alive : 0;
  const errors = timeouts > 0 ? 0 : demand.alwaysFails ? alive : sampler.binomial(alive, profile.errorShare);
  const good = alive - timeouts - errors;
  const alike = { version, durationMs, initMs };
  if (good > 0) record(running, { ...alike, count: good, outcome: 'success' });
  if (errors > 0) record(running, { ...alike, count: errors, outcome: 'error' });
  if (timeouts > 0) record(running, { ...alike, count: timeouts, outcome: 'timeout' });
  if (outOfMemory > 0) record(running, { ...alike, count: outOfMemory, outcome: 'out-of-memory' });
  underWay.beginMany(tick, initMs + durationMs, { ok: good, failed: count - good }, sampler);
  demand.caller.invoked(tick, initMs + durationMs, count, count - good);
}
