import type { FunctionWindow } from '@lamplighter/contracts';
import type { Assumptions } from '../aws/assumptions.ts';
import { LIMITS } from '../aws/limits.ts';
import type { Meter } from '../measure/meter.ts';
import { createSampler } from '../random/sampler.ts';
import type { Fault } from '../scenario/fault.ts';
import type { FunctionSpec } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import type { Demand } from './caller.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { type BoundCall, InvocationModel } from './invocation-model.ts';
import { ProvisionedConcurrency } from './provisioned-concurrency.ts';
import { Recycling } from './recycling.ts';
import { RequestRamp } from './request-ramp.ts';
import { billTick } from './running/bill-tick.ts';
import { FunctionTally } from './running/function-tally.ts';
import { runExactly } from './running/run-exactly.ts';
import { runTogether } from './running/run-together.ts';
import { type RunningFunction, requestsPerTick } from './running/running-function.ts';
import { ScalingWindow } from './scaling-window.ts';
import { Slots } from './slots.ts';
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

/** One Lambda function: its environments, its versions, who is under way, and what became of everyone. */
export class LambdaFunction {
  readonly name: string;
  readonly architecture: FunctionSpec['architecture'];
  reserved: number | undefined;
  /** What its invocations are like; its memory, timeout and versions are set there. */
  readonly model: InvocationModel;
  readonly provisioned: ProvisionedConcurrency;
  readonly #options: FunctionOptions;
  readonly #running: RunningFunction;
  readonly #ramp: RequestRamp;
  #demands: Demand[] = [];
  /** Time under way of all requests so far, ms. */
  busyMs = 0;

  constructor(options: FunctionOptions) {
    const { name, spec, assumptions, tickMs, seed, epochMs } = options;
    this.#options = options;
    this.name = name;
    this.architecture = spec.architecture;
    this.reserved = spec.reservedConcurrency;
    this.provisioned = new ProvisionedConcurrency(spec.provisionedConcurrency, assumptions.provisionedDelayMs);
    const sampler = createSampler(seed, `function/${name}`);
    this.model = new InvocationModel({ ...options, sampler });
    this.#ramp = new RequestRamp(tickMs, assumptions.keepAliveMs);
    this.#running = {
      model: this.model,
      sampler,
      pool: new EnvironmentPool(assumptions.keepAliveMs),
      recycling: new Recycling(assumptions.environmentLifetimeMs, sampler),
      scaling: new ScalingWindow(tickMs, LIMITS.environmentsPerScalingPeriod),
      underWay: new UnderWay(tickMs),
      provisioned: new Slots(0),
      tally: new FunctionTally(name, spec.architecture, epochMs),
      cpuMs: spec.cpuMs,
    };
  }

  /** Figures of the last tick. */
  get last(): FunctionTally['last'] {
    return this.#running.tally.last;
  }

  get inFlight(): number {
    return this.#running.underWay.count;
  }

  get environments(): number {
    return this.#running.pool.size;
  }

  counts(): FunctionCounts {
    const { tally, underWay } = this.#running;
    const { requests, throttled } = tally;
    return { requests, throttled, ok: underWay.ok, failed: underWay.failed, inFlight: this.inFlight };
  }

  /** Asks for invocations in this tick; they run when {@link run} is called. */
  demand(demand: Demand): void {
    if (demand.count > 0) this.#demands.push(demand);
  }

  /** Idle environments go: the configuration or the code is another one. */
  replaceEnvironments(nowMs: number): void {
    this.#running.pool.reset(nowMs, this.inFlight);
    this.model.startAnew();
  }

  /** Lets one tick happen. `available` is the concurrency that the account leaves to it. */
  run(tick: Tick, available: number): void {
    const { pool, recycling, tally, underWay } = this.#running;
    if (this.model.advance(tick)) this.replaceEnvironments(tick.startMs);
    pool.expire(tick.startMs);
    recycling.age(tick, pool.size);
    const demands = this.#demands;
    this.#demands = [];
    const arrivals = demands.reduce((sum, demand) => sum + demand.count, 0);
    tally.beginTick(arrivals);
    const limit = Math.min(available, this.reserved ?? available);
    const ready = this.provisioned.ready(tick.startMs);
    const room = { limit, ready, rateLimit: Math.min(requestsPerTick(limit, tick), this.#ramp.left(tick, ready)) };
    const { exactUpTo } = this.#options;
    const isCalm = arrivals <= exactUpTo && underWay.leavingTogether(tick) <= 4 * exactUpTo;
    if (isCalm) runExactly(this.#running, tick, demands, room);
    else runTogether(this.#running, tick, demands, room);
    this.#ramp.serve(tick, this.last.invoked, ready);
    this.busyMs += this.last.busyMs;
    this.model.perEnvironmentMinute = (this.last.invoked * 60_000) / tick.lengthMs / Math.max(1, pool.size);
    this.#bill(tick);
  }

  /** Windows of the minutes that are over. */
  closeWindows(nowMs: number): FunctionWindow[] {
    return this.#running.tally.closeWindows(nowMs);
  }

  #bill(tick: Tick): void {
    billTick(this.#options.meter, {
      name: this.name,
      architecture: this.architecture,
      memoryMb: this.model.memoryMb,
      invocations: this.last.invoked,
      billedMs: this.#running.tally.takeBilledMs(),
      tickMs: tick.lengthMs,
      provisioned: this.provisioned.paid(tick.startMs),
    });
  }

  /** Tells databases how many environments hold connections to them. */
  holdConnections(nowMs: number): void {
    this.model.holdConnections(this.#running.pool.size + this.provisioned.ready(nowMs));
  }
}
