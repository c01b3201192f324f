import { type Architecture, costOfInvocation } from '@lamplighter/pricing';
import { countOf } from '../statistics/histogram.ts';
import { computingShare } from './computing-share.ts';
import { durationFactor, MEMORY_SIZES_MB, THREADS } from './cpu-model.ts';
import { around, type MeanDuration, meanDurationOf, p95Of } from './mean-duration.ts';
import { recommend } from './recommend.ts';
import type { Bounds, RightSize, SizeEstimate } from './size-estimate.ts';
import type { SizeTraffic } from './traffic-by-size.ts';

/** A fifth of head-room above the highest use: garbage collectors and larger events need it. */
const HEAD_ROOM = 1.2;
const LEAST_CALLS = 50;

/** A share that is known less well than this is as good as not known. */
const LEAST_KNOWN = 0.5;

/** Each call is billed by whole milliseconds: half of one is added on average. https://aws.amazon.com/lambda/pricing/ */
const ROUNDED_MS = 0.5;

/**
 * Cost and p95 at each memory size, from real traffic at any size: what was seen is measured; elsewhere durations follow the CPU share of the
 * memory (see cpu-model.ts), by the computing share that two seen sizes give, or else between all waiting and all computing. All are bounds that hold in 95 of
 * 100 samples as large. Undefined below 50 calls.
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
  const others = traffic.filter((size) => size !== current && size.calls >= LEAST_CALLS && countOf(size.durations) > 0);
  const shares = THREADS.map((threads) => ({ threads, ...computingShare(current, others, threads) }));
  const cpuShare = knownShare(shares);
  const sizes = [...new Set([...MEMORY_SIZES_MB, ...traffic.map((size) => size.memorySizeMb)])].sort((a, b) => a - b);
  const curve = sizes.map((size) => estimate(size, { current, others, shares, leastMb, architecture }));
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

interface Share extends Bounds {
  readonly threads: number;
}

/** The middle of what the share can be, where that is narrow however many threads compute. */
function knownShare(shares: readonly Share[]): number | undefined {
  const [least, most] = [Math.min(...shares.map((one) => one.least)), Math.max(...shares.map((one) => one.most))];
  return most - least < LEAST_KNOWN ? (least + most) / 2 : undefined;
}

interface Known {
  readonly current: SizeTraffic;
  readonly others: readonly SizeTraffic[];
  readonly shares: readonly Share[];
  readonly leastMb: number;
  readonly architecture: Architecture;
}

function estimate(memorySizeMb: number, { current, others, shares, leastMb, architecture }: Known): SizeEstimate {
  const seen = [current, ...others].find((size) => size.memorySizeMb === memorySizeMb);
  const from = seen ?? current;
  const factor = seen === undefined ? factorOf(current.memorySizeMb, memorySizeMb, shares) : { least: 1, most: 1 };
  const mean = meanDurationOf(from);
  const price = (ms: number): number =>
    1e6 * costOfInvocation({ billedDurationMs: Math.max(1, ms), memorySizeMb, architecture });
  const p95 = p95Of(from.durations);
  const isKnown = knownShare(shares) !== undefined;
  return {
    memorySizeMb,
    basis: memorySizeMb < leastMb ? 'too-small' : seen !== undefined ? 'measured' : isKnown ? 'estimated' : 'bounded',
    p95Ms: { least: Math.round(p95.least * factor.least), most: Math.round(p95.most * factor.most) },
    usdPerMillion: {
      least: price(billedOf(from, mean, factor.least).least),
      most: price(billedOf(from, mean, factor.most).most),
    },
  };
}

function factorOf(fromMb: number, toMb: number, shares: readonly Share[]): Bounds {
  const factors = shares.flatMap(({ threads, least, most }) =>
    [least, most].map((share) => durationFactor(fromMb, toMb, share, threads)),
  );
  return { least: Math.min(...factors), most: Math.max(...factors) };
}

/**
 * What a call is billed where its duration is so many times what it was: beside that its part of the starts of environments and what rounding adds, taken as the
 * same at each size. Where the bill is known, where in their bins durations lie is in doubt for what changes alone.
 */
function billedOf(
  { billedMs = 0, calls }: SizeTraffic,
  { ms, chanceMs, binsMs }: MeanDuration,
  factor: number,
): Bounds {
  const beside = billedMs / calls - ms;
  const inBins = beside > ROUNDED_MS ? factor - 1 : factor;
  return around(ms * factor + Math.max(ROUNDED_MS, beside), Math.hypot(chanceMs * factor, binsMs * inBins));
}
