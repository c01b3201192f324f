import type { FunctionWindow } from '@lamplighter/contracts';
import type { Assumptions } from '../aws/assumptions.ts';
import { LIMITS } from '../aws/limits.ts';
import type { Fault } from '../faults/fault.ts';
import type { Meter } from '../measure/meter.ts';
import { billedMs, type Outcome, WindowRecorder } from '../measure/window-recorder.ts';
import { createSampler, type Sampler } from '../random/sampler.ts';
import type { FunctionSpec } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import { admit } from './admission.ts';
import { billTick } from './bill-tick.ts';
import { blockedShare } from './blocking.ts';
import type { Demand } from './caller.ts';
import { chooseGrid, splitOverBins } from './duration-bins.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { type BoundCall, InvocationModel, type Profile } from './invocation-model.ts';
import { ProvisionedConcurrency } from './provisioned-concurrency.ts';
import { Recycling } from './recycling.ts';
import { RequestRamp } from './request-ramp.ts';
import { ScalingWindow } from './scaling-window.ts';
import { UnderWay } from './under-way.ts';

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

/** Whole numbers since the beginning: requests = throttled + ok + failed + in flight. */
export interface FunctionCounts {
  readonly requests: number;
  readonly throttled: number;
  readonly ok: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** What a function may use in one tick: requests under way at once, requests that begin, and provisioned environments that are ready. */
interface Room {
  readonly limit: number;
  readonly rateLimit: number;
  readonly ready: number;
}

/** One Lambda function: its environments, its versions, who is under way, and what became of everyone. */
export class LambdaFunction {
  readonly name: string;
  readonly architecture: FunctionSpec['architecture'];
  reserved: number | undefined;
  /** What its invocations are like; its memory, timeout and versions are set there. */
  readonly model: InvocationModel;
  readonly provisioned: ProvisionedConcurrency;
  readonly #options: FunctionOptions;
  readonly #sampler: Sampler;
  readonly #pool: EnvironmentPool;
  readonly #recycling: Recycling;
  readonly #scaling: ScalingWindow;
  readonly #ramp: RequestRamp;
  readonly #recorder: WindowRecorder;
  readonly #underWay: UnderWay;
  #demands: Demand[] = [];
  #requests = 0;
  #throttled = 0;
  #billedMs = 0;
  /** Time under way of all requests so far, ms. */
  busyMs = 0;
  /** Figures of the last tick. */
  last = emptyTick(0);

  constructor(options: FunctionOptions) {
    const { name, spec, assumptions, tickMs, seed, epochMs } = options;
    this.#options = options;
    this.name = name;
    this.architecture = spec.architecture;
    this.reserved = spec.reservedConcurrency;
    this.provisioned = new ProvisionedConcurrency(spec.provisionedConcurrency, assumptions.provisionedDelayMs);
    this.#sampler = createSampler(seed, `function/${name}`);
    this.model = new InvocationModel({ ...options, sampler: this.#sampler });
    this.#pool = new EnvironmentPool(assumptions.keepAliveMs);
    this.#recycling = new Recycling(assumptions.environmentLifetimeMs, this.#sampler);
    this.#scaling = new ScalingWindow(tickMs, LIMITS.environmentsPerScalingPeriod);
    this.#ramp = new RequestRamp(tickMs, assumptions.keepAliveMs);
    this.#recorder = new WindowRecorder(name, spec.architecture, epochMs);
    this.#underWay = new UnderWay(tickMs);
  }

  get inFlight(): number {
    return this.#underWay.count;
  }

  get environments(): number {
    return this.#pool.size;
  }

  counts(): FunctionCounts {
    return {
      requests: this.#requests,
      throttled: this.#throttled,
      ok: this.#underWay.ok,
      failed: this.#underWay.failed,
      inFlight: this.inFlight,
    };
  }

  /** Asks for invocations in this tick; they run when {@link run} is called. */
  demand(demand: Demand): void {
    if (demand.count > 0) this.#demands.push(demand);
  }

  /** Idle environments go: the configuration or the code is another one. */
  replaceEnvironments(nowMs: number): void {
    this.#pool.reset(nowMs, this.inFlight);
    this.model.startAnew();
  }

  /** Lets one tick happen. `available` is the concurrency that the account leaves to it. */
  run(tick: Tick, available: number): void {
    if (this.model.advance(tick)) this.replaceEnvironments(tick.startMs);
    this.#pool.expire(tick.startMs);
    this.#recycling.age(tick, this.#pool.size);
    const demands = this.#demands;
    this.#demands = [];
    const arrivals = demands.reduce((sum, demand) => sum + demand.count, 0);
    this.#requests += arrivals;
    this.last = emptyTick(arrivals);
    const limit = Math.min(available, this.reserved ?? available);
    const ready = this.provisioned.ready(tick.startMs);
    const rateLimit = Math.min(requestsPerTick(limit, tick), this.#ramp.left(tick, ready));
    const { exactUpTo } = this.#options;
    if (arrivals <= exactUpTo && this.#underWay.leavingTogether(tick) <= 4 * exactUpTo)
      this.#runExactly(tick, demands, { limit, rateLimit, ready });
    else this.#runTogether(tick, demands, arrivals, { limit, rateLimit, ready });
    this.#ramp.serve(tick, this.last.invoked, ready);
    this.busyMs += this.last.busyMs;
    this.model.perEnvironmentMinute = (this.last.invoked * 60_000) / tick.lengthMs / Math.max(1, this.#pool.size);
    this.#bill(tick);
  }

  /** Windows of the minutes that are over. */
  closeWindows(nowMs: number): FunctionWindow[] {
    return this.#recorder.closeBefore(nowMs);
  }

  /** Requests one by one: each takes the environment that is free at its moment. */
  #runExactly(tick: Tick, demands: readonly Demand[], { limit, rateLimit, ready }: Room): void {
    const { last } = this;
    const sampler = this.#sampler;
    this.#underWay.separate(tick, sampler);
    const arrivals = demands
      .flatMap((demand) =>
        Array.from({ length: demand.count }, (_, index) => ({
          demand,
          atMs: demand.timesMs?.[index] ?? tick.startMs + sampler.uniform() * tick.lengthMs,
        })),
      )
      .sort((a, b) => a.atMs - b.atMs);
    last.peak = this.inFlight;
    for (const { demand, atMs } of arrivals) {
      this.#underWay.release(atMs);
      const onDemand = this.inFlight + 1 - ready;
      const isRecycled = onDemand > 0 && this.#recycling.takeOne(this.#pool.size, this.model.coldShare);
      const mustCreate = isRecycled || onDemand > this.#pool.size;
      if (this.inFlight >= limit || last.invoked >= rateLimit || (mustCreate && this.#scaling.left(tick) < 1)) {
        this.#throttle(tick, demand, 1);
        continue;
      }
      if (mustCreate) this.#scaling.create(tick, 1);
      this.#pool.use(tick.startMs, onDemand);
      last.created += mustCreate ? 1 : 0;
      this.#invokeOne(tick, demand, atMs, mustCreate);
      last.peak = Math.max(last.peak, this.inFlight);
    }
    last.busyMs = this.#underWay.release(tick.endMs);
    this.#pool.use(tick.startMs, last.peak - ready);
  }

  #invokeOne(tick: Tick, demand: Demand, atMs: number, isCold: boolean): void {
    const version = this.model.pickVersion();
    const profile = this.model.profile(version, demand.extraCpuMs ?? 0);
    const initMs = isCold ? this.model.initMs() : 0;
    const full = this.model.durationMs(profile, this.#sampler.normal());
    const outcome = this.#outcomeOf(full, profile, demand);
    const durationMs = Math.min(full, this.model.timeoutMs);
    this.#record(1, outcome, durationMs, initMs);
    this.#underWay.begin(atMs + initMs + durationMs, outcome === 'success');
    demand.caller.invokedAt(tick, atMs, initMs + durationMs, outcome === 'success');
    this.last.cpuMs += this.#options.spec.cpuMs + (demand.extraCpuMs ?? 0);
    this.model.askDependencies(1);
  }

  #outcomeOf(fullMs: number, profile: Profile, demand: Demand): Outcome {
    if (this.#sampler.uniform() < profile.outOfMemoryShare) return 'out-of-memory';
    if (fullMs > this.model.timeoutMs) return 'timeout';
    if (demand.alwaysFails || this.#sampler.uniform() < profile.errorShare) return 'error';
    return 'success';
  }

  /** Many at once, by the distribution of how many go which way. */
  #runTogether(tick: Tick, demands: readonly Demand[], arrivals: number, { limit, rateLimit, ready }: Room): void {
    const { last } = this;
    const before = this.inFlight;
    this.#underWay.join(tick);
    const leaving = this.#underWay.leavingTogether(tick);
    const extraCpuMs =
      demands.reduce((sum, { count, extraCpuMs = 0 }) => sum + count * extraCpuMs, 0) / (arrivals || 1);
    const meanDurationMs = this.model.meanDurationMs(extraCpuMs);
    const initMs = this.model.initMs();
    const mayCreate = this.#scaling.left(tick);
    const load = {
      tickMs: tick.lengthMs,
      staying: this.inFlight - leaving,
      meanDurationMs,
      concurrencyLimit: limit,
    };
    const blocked = this.#blocked(arrivals, blockedShare({ ...load, arrivals }));
    const admission = admit({
      ...load,
      arrivals: arrivals - blocked,
      initMs,
      environments: this.#pool.size + ready,
      mayCreate,
      rateLimit,
    });
    const recycled = Math.min(
      this.#recycling.takeMany(admission.admitted, this.model.coldShare),
      mayCreate - admission.created,
      admission.admitted - admission.created,
    );
    const cold = admission.created + recycled;
    this.#scaling.create(tick, cold);
    last.created = cold;
    this.#pool.use(tick.startMs, Math.min(admission.peak, limit) - ready);
    this.#shareOut(tick, demands, { arrivals, admitted: admission.admitted, cold, initMs });
    this.#underWay.settle(tick, limit);
    last.peak = Math.max(Math.min(admission.peak, limit), Math.min(before, limit), this.inFlight);
    last.busyMs = ((before + this.inFlight) / 2) * tick.lengthMs;
  }

  /** Calls that meet nothing but busy environments by chance. Nothing is drawn where none will in a thousand years. */
  #blocked(arrivals: number, share: number): number {
    return arrivals * share < NEVER ? 0 : this.#sampler.binomial(arrivals, share);
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
      this.model.askDependencies(mine);
    }
  }

  #invokeMany(tick: Tick, demand: Demand, count: number, initMs: number): void {
    let rest = count;
    const versions = this.model.versions.active();
    for (const [index, version] of versions.entries()) {
      const here = index === versions.length - 1 ? rest : this.#sampler.binomial(rest, version.weight);
      rest -= here;
      if (here === 0) continue;
      const profile = this.model.profile(version, demand.extraCpuMs ?? 0);
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
    const full = this.model.durationMs(profile, alike.z);
    const durationMs = Math.min(full, this.model.timeoutMs);
    const outOfMemory = profile.outOfMemoryShare > 0 ? this.#sampler.binomial(count, profile.outOfMemoryShare) : 0;
    const alive = count - outOfMemory;
    const timeouts = full > this.model.timeoutMs ? alive : 0;
    const errors = timeouts > 0 ? 0 : demand.alwaysFails ? alive : this.#sampler.binomial(alive, profile.errorShare);
    const good = alive - timeouts - errors;
    if (good > 0) this.#record(good, 'success', durationMs, initMs);
    if (errors > 0) this.#record(errors, 'error', durationMs, initMs);
    if (timeouts > 0) this.#record(timeouts, 'timeout', durationMs, initMs);
    if (outOfMemory > 0) this.#record(outOfMemory, 'out-of-memory', durationMs, initMs);
    this.#underWay.beginMany(tick, initMs + durationMs, { ok: good, failed: count - good }, this.#sampler);
    demand.caller.invoked(tick, initMs + durationMs, count, count - good);
  }

  #throttle(tick: Tick, demand: Demand, count: number): void {
    this.#throttled += count;
    this.last.throttled += count;
    demand.caller.throttled(tick, count);
  }

  #record(count: number, outcome: Outcome, durationMs: number, initMs: number): void {
    const { last } = this;
    const { memoryMb: memorySizeMb, memoryUsedMb } = this.model;
    this.#recorder.add({ count, outcome, durationMs, initMs, memorySizeMb, memoryUsedMb });
    last.invoked += count;
    last.durationMs += count * (durationMs + initMs);
    if (outcome !== 'success') last.errors += count;
    if (initMs > 0) last.coldStarts += count;
    this.#billedMs += count * billedMs(durationMs, initMs);
  }

  /** Provisioned environments are used first: their share of the duration is what they cover of the most that was under way at once. */
  #bill(tick: Tick): void {
    const { requested } = this.provisioned;
    const covered = requested > 0 ? this.provisioned.ready(tick.startMs) / Math.max(this.last.peak, 1) : 0;
    billTick(this.#options.meter, {
      name: this.name,
      architecture: this.architecture,
      memoryMb: this.model.memoryMb,
      invocations: this.last.invoked,
      billedMs: this.#billedMs,
      tickMs: tick.lengthMs,
      provisioned: requested,
      provisionedShare: Math.min(1, covered),
    });
    this.#billedMs = 0;
  }

  /** Tells databases how many environments hold connections to them. */
  holdConnections(nowMs: number): void {
    this.model.holdConnections(this.#pool.size + this.provisioned.ready(nowMs));
  }
}

/** Expected calls of a tick. */
const NEVER = 1e-12;

/** Requests that may begin in a tick: ten a second for each unit of concurrency (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html). */
const requestsPerTick = (concurrency: number, tick: Tick): number =>
  (concurrency * LIMITS.requestsPerSecondPerConcurrency * tick.lengthMs) / 1000;

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
