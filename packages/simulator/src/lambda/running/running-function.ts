import { LIMITS } from '../../aws/limits.ts';
import type { Invocations } from '../../measure/window-recorder.ts';
import type { Sampler } from '../../random/sampler.ts';
import type { Tick } from '../../tick.ts';
import type { Demand } from '../caller.ts';
import type { EnvironmentPool } from '../environment-pool.ts';
import type { InvocationModel } from '../invocation-model.ts';
import type { Recycling } from '../recycling.ts';
import type { ScalingWindow } from '../scaling-window.ts';
import type { Slots } from '../slots.ts';
import type { UnderWay } from '../under-way.ts';
import type { FunctionTally } from './function-tally.ts';

/** What a tick's requests work on. */
export interface RunningFunction {
  readonly model: InvocationModel;
  readonly sampler: Sampler;
  readonly pool: EnvironmentPool;
  readonly recycling: Recycling;
  readonly scaling: ScalingWindow;
  readonly underWay: UnderWay;
  /** Provisioned environments, of the requests that were begun one by one. */
  readonly provisioned: Slots;
  readonly tally: FunctionTally;
  /** CPU of an invocation on one vCPU. */
  readonly cpuMs: number;
}

/** What a function may use in one tick: requests under way at once, requests that begin, and provisioned environments that are ready. */
export interface Room {
  readonly limit: number;
  readonly rateLimit: number;
  readonly ready: number;
}

/** Requests that may begin in a tick: ten a second for each unit of concurrency (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html). */
export const requestsPerTick = (concurrency: number, tick: Tick): number =>
  (concurrency * LIMITS.requestsPerSecondPerConcurrency * tick.lengthMs) / 1000;

/** That many of a demand find no environment. */
export function throttle({ tally }: RunningFunction, tick: Tick, demand: Demand, count: number): void {
  tally.throttle(count);
  demand.caller.throttled(tick, count);
}

/** Counts invocations that went alike, at the memory of now. */
export function record(
  { tally, model }: RunningFunction,
  { version, count, outcome, durationMs, initMs }: Omit<Invocations, 'memorySizeMb' | 'memoryUsedMb'>,
): void {
  const { memoryMb: memorySizeMb, memoryUsedMb } = model;
  tally.record({ version, count, outcome, durationMs, initMs, memorySizeMb, memoryUsedMb });
}
