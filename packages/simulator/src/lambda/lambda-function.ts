import type { FunctionWindow } from '@lamplighter/contracts';
import type { Assumptions } from '../aws/assumptions.ts';
import { LIMITS } from '../aws/limits.ts';
import type { Fault } from '../faults/fault.ts';
import type { Meter } from '../measure/meter.ts';
import { billedMs, type Outcome, WindowRecorder } from '../measure/window-recorder.ts';
import { createSampler, type Sampler } from '../random/sampler.ts';
import type { FunctionSpec } from '../scenario/scenario.ts';
import type { Dependency } from '../services/dependency.ts';
import type { Tick } from '../tick.ts';
import { admit } from './admission.ts';
import type { Demand } from './caller.ts';
import { Departures } from './departures.ts';
import { chooseGrid, expectation, splitOverBins } from './duration-bins.ts';
import { effectsAt, type FunctionEffects, NO_EFFECTS } from './effects.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { ProvisionedConcurrency } from './provisioned-concurrency.ts';
import { ReleaseHeap } from './release-heap.ts';
import { ScalingWindow } from './scaling-window.ts';
import { type Version, Versions } from './versions.ts';

const SHORTEST_MS = 0.1;

/** A call of the function with the thing it goes to; `savedBy` is the share that a cache before it saves. */
export interface BoundCall {
  readonly dependency: Dependency;
  readonly units: number;
  readonly share: number;
}

export interface FunctionOptions {
  readonly name: string;
  readonly spec: FunctionSpec;
  readonly calls: readonly BoundCall[];
  readonly faults: readonly Fault[];
  readonly assumptions: Assumptions;
  readonly meter: Meter;
  readonly seed: number;
  readonly epochMs: number;
  readonly tickMs: number;
  readonly exactUpTo: number;
}

/** How one invocation of a version goes now. */
interface Profile {
  /** Mean of the part that varies, and the part that does not. */
  readonly usualMs: number;
  readonly extraMs: number;
  readonly errorShare: number;
  readonly outOfMemoryShare: number;
}

/** Whole numbers since the beginning: requests = throttled + ok + failed + in flight. */
export interface FunctionCounts {
  readonly requests: number;
  readonly throttled: number;
  readonly ok: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** One Lambda function: its environments, its versions, who is under way, and what became of everyone. */
export class LambdaFunction {
  readonly name: string;
  readonly architecture: FunctionSpec['architecture'];
  memoryMb: number;
  timeoutMs: number;
  reserved: number | undefined;
  readonly versions: Versions;
  readonly provisioned: ProvisionedConcurrency;
  readonly #options: FunctionOptions;
  readonly #sampler: Sampler;
  readonly #pool: EnvironmentPool;
  readonly #scaling: ScalingWindow;
  readonly #recorder: WindowRecorder;
  readonly #departures: Departures;
  readonly #singles = new ReleaseHeap();
  #demands: Demand[] = [];
  #effects: FunctionEffects = NO_EFFECTS;
  #leakedMb = 0;
  #requests = 0;
  #throttled = 0;
  #ok = 0;
  #failed = 0;
  #coldDebt = 0;
  #aged = 0;
  /** Time under way of all requests so far, ms. */
  busyMs = 0;
  /** Figures of the last tick. */
  last = emptyTick(0);

  constructor(options: FunctionOptions) {
    const { name, spec, assumptions, tickMs, seed, epochMs } = options;
    this.#options = options;
    this.name = name;
    this.architecture = spec.architecture;
    this.memoryMb = spec.memoryMb;
    this.timeoutMs = spec.timeout;
    this.reserved = spec.reservedConcurrency;
    this.versions = new Versions(options.faults);
    this.provisioned = new ProvisionedConcurrency(spec.provisionedConcurrency, assumptions.provisionedDelayMs);
    this.#sampler = createSampler(seed, `function/${name}`);
    this.#pool = new EnvironmentPool(assumptions.keepAliveMs);
    this.#scaling = new ScalingWindow(tickMs);
    this.#recorder = new WindowRecorder(name, epochMs);
    this.#departures = new Departures(tickMs);
  }

  get inFlight(): number {
    return this.#departures.inFlight + this.#singles.size;
  }

  get environments(): number {
    return this.#pool.size;
  }

  /** Largest memory that an invocation used, MB. */
  get memoryUsedMb(): number {
    return Math.min(this.memoryMb, this.#options.spec.memoryUsedMb + this.#leakedMb);
  }

  counts(): FunctionCounts {
    return {
      requests: this.#requests,
      throttled: this.#throttled,
      ok: this.#ok,
      failed: this.#failed,
      inFlight: this.inFlight,
    };
  }

  /** Asks for invocations in this tick; they run when {@link run} is called. */
  demand(demand: Demand): void {
    if (demand.count > 0) this.#demands.push(demand);
  }

  /** A mean invocation, in milliseconds, with `extraCpuMs` of work on one vCPU. */
  meanDurationMs(extraCpuMs: number): number {
    return this.versions
      .active()
      .reduce((sum, version) => sum + version.weight * this.#meanOf(this.#profile(version, extraCpuMs)), 0);
  }

  /** Idle environments go: the configuration or the code is another one. */
  replaceEnvironments(nowMs: number): void {
    this.#pool.reset(nowMs, this.inFlight);
    this.#leakedMb = 0;
  }

  /** Lets one tick happen. `available` is the concurrency that the account leaves to it. */
  run(tick: Tick, available: number): void {
    if (this.versions.advance(tick.startMs, tick.endMs)) this.replaceEnvironments(tick.startMs);
    this.#effects = effectsAt(this.#options.faults, tick.startMs);
    this.#leak(tick);
    this.#pool.expire(tick.startMs);
    this.#age(tick);
    const demands = this.#demands;
    this.#demands = [];
    const arrivals = demands.reduce((sum, demand) => sum + demand.count, 0);
    this.#requests += arrivals;
    this.last = emptyTick(arrivals);
    const limit = Math.min(available, this.reserved ?? available);
    const { exactUpTo } = this.#options;
    if (arrivals <= exactUpTo && this.#departures.leaving(tick) <= 4 * exactUpTo)
      this.#runExactly(tick, demands, limit);
    else this.#runTogether(tick, demands, arrivals, limit);
    this.busyMs += this.last.busyMs;
    this.#bill(tick);
  }

  /** Windows of the minutes that are over. */
  closeWindows(nowMs: number): FunctionWindow[] {
    return this.#recorder.closeBefore(nowMs, {
      sizeMb: this.memoryMb,
      usedMb: this.memoryUsedMb,
      architecture: this.architecture,
    });
  }

  /** Requests one by one: each takes the environment that is free at its moment. */
  #runExactly(tick: Tick, demands: readonly Demand[], limit: number): void {
    const { last } = this;
    const sampler = this.#sampler;
    const singles = this.#singles;
    const { ok, failed } = this.#departures.drain(tick);
    for (let index = 0; index < ok + failed; index++)
      singles.push(tick.startMs + sampler.uniform() * tick.lengthMs, index < ok);
    const ready = this.provisioned.ready(tick.startMs);
    const arrivals = demands
      .flatMap((demand) =>
        Array.from({ length: demand.count }, (_, index) => ({
          demand,
          atMs: demand.timesMs?.[index] ?? tick.startMs + sampler.uniform() * tick.lengthMs,
        })),
      )
      .sort((a, b) => a.atMs - b.atMs);
    let since = tick.startMs;
    const release = (untilMs: number): void => {
      while (singles.earliest < untilMs) {
        last.busyMs += this.inFlight * (singles.earliest - since);
        since = singles.earliest;
        if (singles.pop()) this.#ok++;
        else this.#failed++;
      }
      last.busyMs += this.inFlight * (untilMs - since);
      since = untilMs;
    };
    last.peak = this.inFlight;
    for (const { demand, atMs } of arrivals) {
      release(atMs);
      const onDemand = this.inFlight + 1 - ready;
      const mustCreate = onDemand > this.#pool.size || this.#isRecycled(onDemand);
      if (this.inFlight >= limit || (mustCreate && this.#scaling.left(tick) < 1)) {
        this.#throttle(tick, demand, 1);
        continue;
      }
      if (mustCreate) this.#scaling.create(tick, 1);
      this.#pool.use(tick.startMs, onDemand);
      last.created += mustCreate ? 1 : 0;
      this.#invokeOne(tick, demand, atMs, mustCreate);
      last.peak = Math.max(last.peak, this.inFlight);
    }
    release(tick.endMs);
    this.#pool.use(tick.startMs, last.peak - ready);
  }

  /** One in so many starts is cold although an environment was there: it had lived long enough, or a storm took it. */
  #isRecycled(onDemand: number): boolean {
    if (onDemand <= 0) return false;
    this.#coldDebt += this.#effects.coldShare;
    if (this.#coldDebt >= 1 - 1e-9) {
      this.#coldDebt -= 1;
      return true;
    }
    const isAged = this.#aged > 0 && this.#sampler.uniform() * this.#pool.size < this.#aged;
    if (isAged) this.#aged--;
    return isAged;
  }

  #invokeOne(tick: Tick, demand: Demand, atMs: number, isCold: boolean): void {
    const version = this.#pickVersion();
    const profile = this.#profile(version, demand.extraCpuMs ?? 0);
    const initMs = isCold ? this.#initMs() : 0;
    const full = this.#durationOf(profile, this.#sampler.normal());
    const outcome = this.#outcomeOf(full, profile, demand);
    const durationMs = Math.min(full, this.timeoutMs);
    this.#record(1, outcome, durationMs, initMs);
    this.#singles.push(atMs + initMs + durationMs, outcome === 'success');
    demand.caller.invokedAt(tick, atMs, initMs + durationMs, outcome === 'success');
    this.last.cpuMs += this.#options.spec.cpuMs + (demand.extraCpuMs ?? 0);
    this.#askDependencies(1);
  }

  #outcomeOf(fullMs: number, profile: Profile, demand: Demand): Outcome {
    if (this.#sampler.uniform() < profile.outOfMemoryShare) return 'out-of-memory';
    if (fullMs > this.timeoutMs) return 'timeout';
    if (demand.alwaysFails || this.#sampler.uniform() < profile.errorShare) return 'error';
    return 'success';
  }

  /** Many at once, by the distribution of how many go which way. */
  #runTogether(tick: Tick, demands: readonly Demand[], arrivals: number, limit: number): void {
    const { last } = this;
    const before = this.inFlight;
    this.#takeSingles(tick);
    const leaving = this.#departures.leaving(tick);
    const ready = this.provisioned.ready(tick.startMs);
    const extraCpuMs =
      demands.reduce((sum, { count, extraCpuMs = 0 }) => sum + count * extraCpuMs, 0) / (arrivals || 1);
    const meanDurationMs = this.meanDurationMs(extraCpuMs);
    const initMs = this.#initMs();
    const mayCreate = this.#scaling.left(tick);
    const admission = admit({
      arrivals,
      tickMs: tick.lengthMs,
      staying: this.inFlight - leaving,
      meanDurationMs,
      initMs,
      environments: this.#pool.size + ready,
      concurrencyLimit: limit,
      mayCreate,
      rateLimit: (limit * LIMITS.requestsPerSecondPerConcurrency * tick.lengthMs) / 1000,
    });
    const recycled = Math.min(
      this.#recycled(admission.admitted),
      mayCreate - admission.created,
      admission.admitted - admission.created,
    );
    const cold = admission.created + recycled;
    this.#scaling.create(tick, cold);
    last.created = cold;
    this.#pool.use(tick.startMs, Math.min(admission.peak, limit) - ready);
    this.#shareOut(tick, demands, { arrivals, admitted: admission.admitted, cold, initMs });
    const inside = this.inFlight - this.#departures.leaving(tick);
    if (inside > limit) this.#departures.bringForward(tick, inside - limit);
    const left = this.#departures.drain(tick);
    this.#ok += left.ok;
    this.#failed += left.failed;
    last.peak = Math.max(Math.min(admission.peak, limit), Math.min(before, limit), this.inFlight);
    last.busyMs = ((before + this.inFlight) / 2) * tick.lengthMs;
  }

  /** Requests that were simulated by themselves and end in this tick join the others that do. */
  #takeSingles(tick: Tick): void {
    while (this.#singles.earliest < tick.endMs) this.#departures.addAt(tick, tick.startMs, this.#singles.pop());
  }

  /** Environments end after some hours; the next request that would have had one of them has a cold start. */
  #age(tick: Tick): void {
    const { environmentLifetimeMs } = this.#options.assumptions;
    const { size } = this.#pool;
    if (environmentLifetimeMs === 0 || size === 0) this.#aged = 0;
    else this.#aged = Math.min(size, this.#aged + this.#sampler.binomial(size, tick.lengthMs / environmentLifetimeMs));
  }

  #recycled(admitted: number): number {
    const aged = Math.min(this.#aged, admitted);
    this.#aged -= aged;
    this.#coldDebt += admitted * this.#effects.coldShare;
    const storm = Math.floor(this.#coldDebt + 1e-9);
    this.#coldDebt -= storm;
    return Math.min(admitted, aged + storm);
  }

  #shareOut(
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
      if (demand.count > mine) this.#throttle(tick, demand, demand.count - mine);
      if (mine === 0) continue;
      this.#invokeMany(tick, demand, mine - myCold, 0);
      this.#invokeMany(tick, demand, myCold, total.initMs);
      this.last.cpuMs += mine * (this.#options.spec.cpuMs + (demand.extraCpuMs ?? 0));
      this.#askDependencies(mine);
    }
  }

  #invokeMany(tick: Tick, demand: Demand, count: number, initMs: number): void {
    let rest = count;
    const versions = this.versions.active();
    for (const [index, version] of versions.entries()) {
      const here = index === versions.length - 1 ? rest : this.#sampler.binomial(rest, version.weight);
      rest -= here;
      if (here === 0) continue;
      const profile = this.#profile(version, demand.extraCpuMs ?? 0);
      splitOverBins(here, chooseGrid(this.#sampler), this.#sampler, (z, each) =>
        this.#invokeAlike(tick, demand, profile, { z, count: each, initMs }),
      );
    }
  }

  #invokeAlike(
    tick: Tick,
    demand: Demand,
    profile: Profile,
    alike: { z: number; count: number; initMs: number },
  ): void {
    const { count, initMs } = alike;
    const full = this.#durationOf(profile, alike.z);
    const durationMs = Math.min(full, this.timeoutMs);
    const outOfMemory = profile.outOfMemoryShare > 0 ? this.#sampler.binomial(count, profile.outOfMemoryShare) : 0;
    const alive = count - outOfMemory;
    const timeouts = full > this.timeoutMs ? alive : 0;
    const errors = timeouts > 0 ? 0 : demand.alwaysFails ? alive : this.#sampler.binomial(alive, profile.errorShare);
    const good = alive - timeouts - errors;
    if (good > 0) this.#record(good, 'success', durationMs, initMs);
    if (errors > 0) this.#record(errors, 'error', durationMs, initMs);
    if (timeouts > 0) this.#record(timeouts, 'timeout', durationMs, initMs);
    if (outOfMemory > 0) this.#record(outOfMemory, 'out-of-memory', durationMs, initMs);
    this.#departures.addSpread(tick, initMs + durationMs, good, count - good, this.#sampler);
    demand.caller.invoked(tick, initMs + durationMs, count, count - good);
  }

  #throttle(tick: Tick, demand: Demand, count: number): void {
    this.#throttled += count;
    this.last.throttled += count;
    demand.caller.throttled(tick, count);
  }

  #record(count: number, outcome: Outcome, durationMs: number, initMs: number): void {
    const { last } = this;
    this.#recorder.add({ count, outcome, durationMs, initMs });
    last.invoked += count;
    last.durationMs += count * (durationMs + initMs);
    if (outcome !== 'success') last.errors += count;
    if (initMs > 0) last.coldStarts += count;
    this.#billed += count * billedMs(durationMs, initMs);
  }
  #billed = 0;

  /**
   * Requests and GB-seconds of a GB of 1,024 MB. What runs in provisioned environments costs less for its duration, and these cost for standing
   * ready; they are used first, so their share is that of the mean concurrency that they cover.
   */
  #bill(tick: Tick): void {
    const { meter } = this.#options;
    const gb = this.memoryMb / 1024;
    const isArm = this.architecture === 'arm64';
    const seconds = this.#billed / 1000;
    this.#billed = 0;
    meter.add(this.name, 'lambdaRequests', this.last.invoked);
    const { requested } = this.provisioned;
    const covered = requested > 0 ? Math.min(1, this.provisioned.ready(tick.startMs) / Math.max(this.last.peak, 1)) : 0;
    meter.add(this.name, isArm ? 'lambdaGbSecondsArm' : 'lambdaGbSecondsX86', seconds * gb * (1 - covered));
    meter.add(this.name, isArm ? 'provisionedRunGbSecondsArm' : 'provisionedRunGbSecondsX86', seconds * gb * covered);
    const standing = (requested * gb * tick.lengthMs) / 1000;
    meter.add(this.name, isArm ? 'provisionedGbSecondsArm' : 'provisionedGbSecondsX86', standing);
  }

  #leak(tick: Tick): void {
    const { leakMbPerMinute } = this.#effects;
    if (leakMbPerMinute === 0) this.#leakedMb = 0;
    else this.#leakedMb += (leakMbPerMinute * tick.lengthMs) / 60_000;
  }

  #pickVersion(): Version {
    const versions = this.versions.active();
    const first = versions[0]!;
    return versions.length === 1 || this.#sampler.uniform() < first.weight ? first : versions[1]!;
  }

  #initMs(): number {
    const { initSpread } = this.#options.assumptions;
    const mean = this.#options.spec.initMs;
    return Math.max(SHORTEST_MS, mean * Math.exp(initSpread * this.#sampler.normal() - initSpread ** 2 / 2));
  }

  #durationOf(profile: Profile, z: number): number {
    const { spread } = this.#options.spec;
    const factor = spread === 0 ? 1 : Math.exp(spread * z - (spread * spread) / 2);
    return Math.max(SHORTEST_MS, profile.usualMs * factor + profile.extraMs);
  }

  /** CPU is proportional to memory, 1,769 MB are one vCPU (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
  #profile(version: Version, extraCpuMs: number): Profile {
    const { spec, calls, assumptions } = this.#options;
    const vcpus = Math.min(this.memoryMb / LIMITS.mbPerVcpu, assumptions.usableVcpus);
    const factor = version.durationFactor * this.#effects.durationFactor;
    let usualMs = ((spec.cpuMs + extraCpuMs) / vcpus + spec.waitMs) * factor;
    let extraMs = 0;
    let successShare = (1 - spec.errorPct / 100) * (1 - version.errorShare) * (1 - this.#effects.errorShare);
    for (const { dependency, units, share } of calls) {
      const each = dependency.callMs(units);
      usualMs += each.usual * share;
      extraMs += each.extra * share;
      successShare *= 1 - dependency.failShare * share;
    }
    return { usualMs, extraMs, errorShare: 1 - successShare, outOfMemoryShare: this.#outOfMemoryShare() };
  }

  /** A leak fills an environment every (free / leak per minute) minutes; the invocation that fills it dies and the next one begins anew. */
  #outOfMemoryShare(): number {
    const { memoryUsedMb } = this.#options.spec;
    if (memoryUsedMb > this.memoryMb) return 1;
    if (memoryUsedMb + this.#leakedMb < this.memoryMb) return 0;
    const minutesToFill = (this.memoryMb - memoryUsedMb) / this.#effects.leakMbPerMinute;
    const { tickMs } = this.#options;
    const perMinute = (this.last.invoked * 60_000) / tickMs / Math.max(1, this.#pool.size);
    return Math.min(1, 1 / Math.max(1, minutesToFill * perMinute));
  }

  #askDependencies(count: number): void {
    for (const { dependency, units, share } of this.#options.calls) {
      const asking = share === 1 ? count : this.#sampler.round(count * share);
      if (asking > 0 && units > 0) dependency.ask(asking, units);
    }
  }

  /** Tells databases how many environments hold connections to them. */
  holdConnections(nowMs: number): void {
    const environments = this.#pool.size + this.provisioned.ready(nowMs);
    for (const { dependency } of this.#options.calls) dependency.hold(environments);
  }

  #meanOf(profile: Profile): number {
    const mean = profile.usualMs + profile.extraMs;
    // Where no duration comes near the timeout its clip does not matter.
    if (mean * 8 < this.timeoutMs) return Math.max(SHORTEST_MS, mean);
    return expectation((z) => Math.min(this.timeoutMs, this.#durationOf(profile, z)));
  }
}

/** Figures of one tick. `busyMs` is the time under way of all requests within it, `durationMs` the whole time of those that began in it. */
const emptyTick = (requests: number) => ({
  requests,
  invoked: 0,
  throttled: 0,
  errors: 0,
  coldStarts: 0,
  peak: 0,
  created: 0,
  busyMs: 0,
  durationMs: 0,
  /** Work on one vCPU. */
  cpuMs: 0,
});
