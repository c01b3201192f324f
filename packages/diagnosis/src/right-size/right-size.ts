import { type Architecture, costOfInvocation } from '@lamplighter/pricing';
import { number, percent, usd } from '../findings/words.ts';
import { countOf, fade, type Histogram, quantileOf } from '../statistics/histogram.ts';
import { observeWindow } from '../windows/observe-window.ts';
import type { AssessedWindow } from '../windows/window-input.ts';
import { cpuShareOf, durationFactor, MEMORY_SIZES_MB, meanMsOf } from './cpu-model.ts';

/** Traffic at one memory size. */
export interface SizeTraffic {
  readonly memorySizeMb: number;
  readonly calls: number;
  readonly maxMemoryUsedMb: number;
  readonly durations: Histogram;
}

/** What a figure is from and to, where it is not known exactly. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export interface SizeEstimate {
  readonly memorySizeMb: number;
  /** `measured` in real traffic; `estimated` with a computing share that two sizes gave; `bounded` between all waiting and all computing; `too-small` for the memory in use. */
  readonly basis: 'measured' | 'estimated' | 'bounded' | 'too-small';
  readonly p95Ms: Bounds;
  /** USD of a million calls at list prices. */
  readonly usdPerMillion: Bounds;
}

export interface RightSize {
  readonly currentMb: number;
  readonly calls: number;
  readonly maxMemoryUsedMb: number;
  /** The smallest size with head-room. */
  readonly leastMb: number;
  /** Computing part of the duration at the current size, where several sizes were seen. */
  readonly cpuShare?: number;
  readonly curve: readonly SizeEstimate[];
  readonly recommendation: { readonly memorySizeMb: number; readonly text: string };
}

/** A fifth of head-room above the highest use: garbage collectors and larger events need it. */
const HEAD_ROOM = 1.2;
const LEAST_CALLS = 50;
/** Fewer percent are not worth a change. */
const WORTH = 0.1;
/** A change of size is not recommended where it makes the slow calls slower than this. */
const MOST_SLOWER = 1.2;

/** Sizes and what the calls of each took and used, from a function's windows in any order; doubles of a minute count once, the newest revision. */
export function trafficBySize(windows: readonly AssessedWindow[]): SizeTraffic[] {
  const newest = new Map<number, AssessedWindow>();
  for (const window of windows) {
    if ('missing' in window) continue;
    const known = newest.get(window.figures.start);
    if (known === undefined || known.revision < window.revision) newest.set(window.figures.start, window);
  }
  const sizes = new Map<number, SizeTraffic>();
  for (const start of [...newest.keys()].sort((a, b) => a - b)) {
    const seen = observeWindow(newest.get(start) as AssessedWindow);
    if (typeof seen === 'string' || 'isMissing' in seen || seen.calls === 0 || seen.memorySizeMb <= 0) continue;
    const before = sizes.get(seen.memorySizeMb);
    sizes.set(seen.memorySizeMb, {
      memorySizeMb: seen.memorySizeMb,
      calls: (before?.calls ?? 0) + seen.calls,
      maxMemoryUsedMb: Math.max(before?.maxMemoryUsedMb ?? 0, seen.memoryUsedMb),
      durations: fade(before?.durations ?? [], 1, seen.histogram),
    });
  }
  return [...sizes.values()];
}

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
  const price = (factor: number): number =>
    1e6 *
    costOfInvocation({ billedDurationMs: Math.max(1, meanMsOf(from.durations) * factor), memorySizeMb, architecture });
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

function recommend(known: Omit<RightSize, 'recommendation'>): RightSize['recommendation'] {
  const here = known.curve.find((size) => size.memorySizeMb === known.currentMb) as SizeEstimate;
  if (known.currentMb < known.leastMb) return grow(known);
  // The worst that may be is compared: what is only perhaps cheaper is not recommended.
  const better = known.curve
    .filter((size) => size.basis !== 'too-small' && size.p95Ms.most <= here.p95Ms.most * MOST_SLOWER)
    .sort((a, b) => a.usdPerMillion.most - b.usdPerMillion.most || a.memorySizeMb - b.memorySizeMb)[0];
  const saved = better === undefined ? 0 : 1 - better.usdPerMillion.most / here.usdPerMillion.most;
  if (better === undefined || saved < WORTH) return stay(known, here);
  const sure = better.basis === 'measured' ? 'measured in real traffic' : 'estimated from the sizes that were seen';
  return {
    memorySizeMb: better.memorySizeMb,
    text: `Set ${number(better.memorySizeMb)} MB: ${usd(better.usdPerMillion.most)} a million calls instead of ${usd(here.usdPerMillion.most)} (${percent(saved)} less), p95 ${number(better.p95Ms.most)} ms instead of ${number(here.p95Ms.most)} ms; ${sure}. At most ${number(known.maxMemoryUsedMb)} MB were in use.`,
  };
}

function grow({
  curve,
  leastMb,
  maxMemoryUsedMb,
  currentMb,
}: Omit<RightSize, 'recommendation'>): RightSize['recommendation'] {
  const next = curve.find((size) => size.memorySizeMb >= leastMb) ?? (curve.at(-1) as SizeEstimate);
  return {
    memorySizeMb: next.memorySizeMb,
    text: `Set ${number(next.memorySizeMb)} MB: calls use up to ${number(maxMemoryUsedMb)} of ${number(currentMb)} MB, and a fifth of head-room is wanted.`,
  };
}

function stay(
  { currentMb, cpuShare, curve, leastMb }: Omit<RightSize, 'recommendation'>,
  here: SizeEstimate,
): RightSize['recommendation'] {
  const next = curve.filter((size) => size.memorySizeMb < currentMb && size.memorySizeMb >= leastMb).at(-1);
  const perhaps =
    cpuShare === undefined && next !== undefined && next.usdPerMillion.least < here.usdPerMillion.most * (1 - WORTH)
      ? ` Only this size was seen, so how much of a call is computing is not known: ${number(next.memorySizeMb)} MB would cost ${usd(next.usdPerMillion.least)} to ${usd(next.usdPerMillion.most)} a million calls with a p95 of ${number(next.p95Ms.least)} to ${number(next.p95Ms.most)} ms. An hour at that size would tell.`
      : '';
  return {
    memorySizeMb: currentMb,
    text: `Keep ${number(currentMb)} MB: no other size is known to be cheaper by a tenth without slower calls.${perhaps}`,
  };
}
