import type { Assumptions } from '../aws/assumptions.ts';
import { LIMITS } from '../aws/limits.ts';
import type { Sampler } from '../random/sampler.ts';
import type { Fault } from '../scenario/fault.ts';
import type { FunctionSpec } from '../scenario/scenario.ts';
import type { Dependency } from '../services/dependency.ts';
import type { Tick } from '../tick.ts';
import { expectation } from './duration-bins.ts';
import { effectsAt, type FunctionEffects, NO_EFFECTS } from './effects.ts';
import { type Version, Versions } from './versions.ts';

const SHORTEST_MS = 0.1;

/** A call of the function with the thing it goes to; `share` of the invocations make it, a cache before it saves the others. */
export interface BoundCall {
  readonly dependency: Dependency;
  readonly units: number;
  readonly share: number;
}

/** How one invocation of a version goes now. */
export interface Profile {
  /** Mean of the part that varies, and the part that does not. */
  readonly usualMs: number;
  readonly extraMs: number;
  readonly errorShare: number;
  readonly outOfMemoryShare: number;
}

export interface InvocationModelOptions {
  readonly spec: FunctionSpec;
  readonly calls: readonly BoundCall[];
  readonly faults: readonly Fault[];
  readonly assumptions: Assumptions;
  readonly sampler: Sampler;
}

/** What an invocation of a function is like: by its memory, its version, what it calls, and what is wrong with it. */
export class InvocationModel {
  memoryMb: number;
  timeoutMs: number;
  readonly versions: Versions;
  /** Invocations that an environment has in a minute: how soon a leak fills it. */
  perEnvironmentMinute = 0;
  readonly #options: InvocationModelOptions;
  #effects: FunctionEffects = NO_EFFECTS;
  #leakedMb = 0;
  #called: ReadonlySet<Dependency> | undefined;

  constructor(options: InvocationModelOptions) {
    this.#options = options;
    this.memoryMb = options.spec.memoryMb;
    this.timeoutMs = options.spec.timeout;
    this.versions = new Versions(options.faults);
  }

  /** Share of the starts that a fault makes cold. */
  get coldShare(): number {
    return this.#effects.coldShare;
  }

  /** Largest memory that an invocation used, MB. */
  get memoryUsedMb(): number {
    return Math.min(this.memoryMb, this.#options.spec.memoryUsedMb + this.#leakedMb);
  }

  /** Lets the faults have their way with one tick; true where the traffic moved to another version. */
  advance(tick: Tick): boolean {
    const hasMoved = this.versions.advance(tick.startMs, tick.endMs);
    this.#effects = effectsAt(this.#options.faults, tick.startMs);
    const { leakMbPerMinute } = this.#effects;
    this.#leakedMb = leakMbPerMinute === 0 ? 0 : this.#leakedMb + (leakMbPerMinute * tick.lengthMs) / 60_000;
    return hasMoved;
  }

  /** New environments have leaked nothing. */
  startAnew(): void {
    this.#leakedMb = 0;
  }

  /** A version that one request goes to. */
  pickVersion(): Version {
    const versions = this.versions.active();
    const first = versions[0]!;
    return versions.length === 1 || this.#options.sampler.uniform() < first.weight ? first : versions[1]!;
  }

  /** CPU is proportional to memory, 1,769 MB are one vCPU (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
  profile(version: Version, extraCpuMs: number): Profile {
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

  /** A duration by its place in the standard normal distribution: log-normal around the profile's mean. The timeout is not applied. */
  durationMs(profile: Profile, z: number): number {
    const { spread } = this.#options.spec;
    const factor = spread === 0 ? 1 : Math.exp(spread * z - (spread * spread) / 2);
    return Math.max(SHORTEST_MS, profile.usualMs * factor + profile.extraMs);
  }

  /** A mean invocation, in milliseconds, with `extraCpuMs` of work on one vCPU. */
  meanDurationMs(extraCpuMs: number): number {
    return this.versions
      .active()
      .reduce((sum, version) => sum + version.weight * this.#meanOf(this.profile(version, extraCpuMs)), 0);
  }

  initMs(): number {
    const { assumptions, sampler, spec } = this.#options;
    const { initSpread } = assumptions;
    return Math.max(SHORTEST_MS, spec.initMs * Math.exp(initSpread * sampler.normal() - initSpread ** 2 / 2));
  }

  /** What `count` invocations ask of what they call. */
  askDependencies(count: number): void {
    for (const { dependency, units, share } of this.#options.calls) {
      const asking = share === 1 ? count : this.#options.sampler.round(count * share);
      if (asking > 0 && units > 0) dependency.ask(asking, units);
    }
  }

  /** Tells databases how many environments hold connections to them. */
  holdConnections(environments: number): void {
    this.#called ??= new Set(this.#options.calls.map(({ dependency }) => dependency));
    for (const dependency of this.#called) dependency.hold(environments);
  }

  #meanOf(profile: Profile): number {
    const mean = profile.usualMs + profile.extraMs;
    // Where no duration comes near the timeout its clip does not matter.
    if (mean * 8 < this.timeoutMs) return Math.max(SHORTEST_MS, mean);
    return expectation((z) => Math.min(this.timeoutMs, this.durationMs(profile, z)));
  }

  /** A leak fills an environment every (free / leak per minute) minutes; the invocation that fills it dies and the next one begins anew. */
  #outOfMemoryShare(): number {
    const { memoryUsedMb } = this.#options.spec;
    if (memoryUsedMb > this.memoryMb) return 1;
    if (memoryUsedMb + this.#leakedMb < this.memoryMb) return 0;
    const minutesToFill = (this.memoryMb - memoryUsedMb) / this.#effects.leakMbPerMinute;
    return Math.min(1, 1 / Math.max(1, minutesToFill * this.perEnvironmentMinute));
  }
}
