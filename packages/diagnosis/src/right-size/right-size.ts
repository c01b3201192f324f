import { type Architecture, costOfInvocation } from '@lamplighter/pricing';
import { countOf, quantileOf } from '../statistics/histogram.ts';
import { cpuShareOf, durationFactor, MEMORY_SIZES_MB, meanMsOf } from './cpu-model.ts';
import { recommend } from './recommend.ts';
import type { RightSize, SizeEstimate } from './size-estimate.ts';
import type { SizeTraffic } from './traffic-by-size.ts';

/** A fifth of head-room above the highest use: garbage collectors and larger events need it. */
const HEAD_ROOM = 1.2;
const LEAST_CALLS = 50;

/** Each call is billed by whole milliseconds: half of one is added on average. https://aws.amazon.com/lambda/pricing/ */
const ROUNDED_MS = 0.5;

/**
 * Cost and p95 at each memory size, from real traffic at any size: what was seen is measured; elsewhere durations follow the CPU share of the
 * memory (see cpu-model.ts), by the computing share that two seen sizes give, or else between all waiting and all computing. Undefined below 50 calls.
 */
export function rightSize(question: {
  readonly memorySizeMb: number;
  readonly architecture?: Architecture;
  readonly traffic: readonly SizeTraffic[];
}): RightSize | undefined {
  const { memorySizeMb: currentMb, architecture = 'x86_64', traffic } = question;
  const current = traffic.find((size) => size.memorySizeMb === currentMb);
  if (current === undefined || current.calls < LEAST_CALLS || countOf(current.durations) < LEAST_CALLS)
    return undefined;
  const maxMemoryUsedMb = Math.max(...traffic.map((size) => size.maxMemoryUsedMb));
  const leastMb = Math.max(128, Math.ceil(maxMemoryUsedMb * HEAD_ROOM));
  const cpuShare = estimateCpuShare(current, traffic);
  const sizes = [...new Set([...MEMORY_SIZES_MB, ...traffic.map((size) => size.memorySizeMb)])].sort((a, b) => a - b);
  const curve = sizes.map((size) => estimate(size, { current, traffic, cpuShare, leastMb, architecture }));
  const known = {
    currentMb,
    architecture,
    calls: current.calls,
    maxMemoryUsedMb,
    leastMb,
    ...(cpuShare === undefined ? {} : { cpuShare }),
    curve,
  };
  return { ...known, recommendation: recommend(known) };
}

function estimateCpuShare(current: SizeTraffic, traffic: readonly SizeTraffic[]): number | undefined {
  const here = { memorySizeMb: current.memorySizeMb, meanMs: meanMsOf(current.durations) };
  const others = traffic
    .filter((size) => size !== current && size.calls >= LEAST_CALLS)
    .map((size) => ({
      weight: size.calls,
      share: cpuShareOf(here, { memorySizeMb: size.memorySizeMb, meanMs: meanMsOf(size.durations) }),
    }))
    .filter((each): each is { weight: number; share: number } => each.share !== undefined);
  const weight = others.reduce((sum, each) => sum + each.weight, 0);
  return weight === 0 ? undefined : others.reduce((sum, each) => sum + each.share * each.weight, 0) / weight;
}

interface Known {
  readonly current: SizeTraffic;
  readonly traffic: readonly SizeTraffic[];
  readonly cpuShare: number | undefined;
  readonly leastMb: number;
  readonly architecture: Architecture;
}

function estimate(memorySizeMb: number, { current, traffic, cpuShare, leastMb, architecture }: Known): SizeEstimate {
  const seen = traffic.find((size) => size.memorySizeMb === memorySizeMb && size.calls >= LEAST_CALLS);
  const from = seen ?? current;
  const shares = seen !== undefined ? [0] : cpuShare === undefined ? [0, 1] : [cpuShare];
  const factors = shares
    .map((share) => durationFactor(current.memorySizeMb, memorySizeMb, share))
    .sort((a, b) => a - b);
  const [least = 1] = factors;
  const most = factors.at(-1) ?? 1;
  const p95 = quantileOf(from.durations, 0.95) ?? 0;
  const meanMs = meanMsOf(from.durations);
  const besideMs = billedBesideMs(from, meanMs);
  const price = (factor: number): number =>
    1e6 * costOfInvocation({ billedDurationMs: Math.max(1, meanMs * factor + besideMs), memorySizeMb, architecture });
  const basis =
    memorySizeMb < leastMb
      ? 'too-small'
      : seen !== undefined
        ? 'measured'
        : cpuShare === undefined
          ? 'bounded'
          : 'estimated';
  return {
    memorySizeMb,
    basis,
    p95Ms: { least: Math.round(p95 * least), most: Math.round(p95 * most) },
    usdPerMillion: { least: price(least), most: price(most) },
  };
}

/** What a call is billed beside its duration: its part of the starts of environments, and what rounding adds. Taken as the same at each size. */
const billedBesideMs = ({ billedMs = 0, calls }: SizeTraffic, meanMs: number): number =>
  Math.max(ROUNDED_MS, billedMs / calls - meanMs);
