import type { Architecture } from '@lamplighter/pricing';
import type { ColdDay } from '../load/cold-days.ts';
import type { LoadState } from '../load/load-state.ts';
import { MINUTE_MS } from '../load/minute-load.ts';
import { hoursOf } from '../load/read-load.ts';
import { HOUR_MS, type Step } from '../load/settle.ts';
import { type ColdCalls, coldCallsOf, type EarlierAdvice } from './cold-calls.ts';
import { compareProvisioning, type ProvisioningOption } from './provisioned-concurrency.ts';

/** A change of provisioned concurrency that comes every day, in the words of remediation's schedules. */
export interface ScheduledAction {
  readonly name: string;
  /** `cron(55 6 * * ? *)`, UTC. */
  readonly schedule: string;
  readonly concurrency: number;
}

/** The cheapest way to have environments ready for a day, beside the others, and the schedule that would keep it. */
export interface ProvisioningAdvice {
  readonly advised: ProvisioningOption['way'];
  /** Each way over one day. */
  readonly options: readonly ProvisioningOption[];
  /** Environments by the hour of the day (UTC), as provisioned concurrency would keep them. */
  readonly levels: readonly number[];
  readonly actions: readonly ScheduledAction[];
  readonly days: number;
  /** What is met where no environments are kept ready. */
  readonly cold: ColdCalls;
}

/** A function as it is set, and what was last advised of it. */
export interface AdvisedFunction {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** Environments are kept ready for it. */
  readonly isProvisioned?: boolean;
  readonly before?: EarlierAdvice;
}

const HOURS = 24;
const LEAST_DAYS = 2;
const MOST_DAYS = 14;
const LEAST_CALLS = 1_000;
/** From one cold call in a hundred on, the 99th percentile is one. */
const MUCH_COLD = 0.01;
/** What provisioning may cost beside what the function costs without, and by how much it has to be quicker. */
const MOST_EXTRA = 0.25;
const MUCH_QUICKER = 0.8;
/** Environments are there one or two minutes after they are asked for. https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
const AHEAD_MINUTES = 5;
const MOST_ACTIONS = 20;

/**
 * Whether environments should be kept ready by the clock, from the same hours of the last days (two weeks at most) and the cold starts of those days in which
 * none were. Advised where it pays for itself, or where it takes the cold starts out of the 99th percentile for a quarter of the function's cost or less; an
 * advice that is followed is held against the cold starts that it was given on. Nothing before two days, a thousand calls in the last hours, or a day's calls
 * without environments kept ready are known.
 */
export function adviseProvisioning(
  load: LoadState,
  { memoryMb, architecture, isProvisioned = false, before }: AdvisedFunction,
): ProvisioningAdvice | undefined {
  const { start, steps } = hoursOf(load);
  const days = Math.min(MOST_DAYS, Math.floor(steps.length / HOURS));
  const { calls, p99WarmMs } = recentCalls(load);
  if (days < LEAST_DAYS || calls < LEAST_CALLS) return undefined;
  const recent = steps.slice(-days * HOURS);
  const callsPerDay = sum(recent, (step) => step.calls) / days;
  const coldDays = load.coldDays ?? [];
  const least = { share: MUCH_COLD, initMs: Math.ceil(p99WarmMs * (1 / MUCH_QUICKER - 1)) };
  const cold = coldCallsOf(coldDays, { isProvisioned, callsPerDay, before, least });
  if (cold === undefined) return undefined;
  const startsAt = start + (steps.length - recent.length) * HOUR_MS;
  const byHour = hoursOfTheDay(recent, startsAt);
  const profile = byHour.map((hour) => ({
    calls: mean(hour.map((step) => step.calls)),
    concurrency: median(hour.map((step) => step.peak)),
  }));
  const options = compareProvisioning({
    memoryMb,
    architecture,
    concurrency: profile.map(({ concurrency }) => concurrency),
    calls: profile.map((hour) => hour.calls),
    stepMs: HOUR_MS,
    startsAt: 0,
    meanDurationMs: meanDuration(recent, coldDays),
    p99WarmMs,
    initMs: cold.initMs,
    coldShare: cold.share,
  });
  const levels = profile.map(({ concurrency }) => Math.ceil(concurrency));
  const usdPerDay = sum(recent, (step) => step.costUsd) / days;
  const advised = choose(options, usdPerDay, cold.share);
  return { advised, options, levels, actions: actionsOf(levels), days, cold };
}

/** Environments are busy with inits too, which are counted for themselves. */
function meanDuration(steps: readonly Step[], coldDays: readonly ColdDay[]): number {
  const busy = sum(steps, ({ busyMs }) => busyMs) / atLeastOne(sum(steps, ({ calls }) => calls));
  const inits = sum(coldDays, ({ initMs }) => initMs) / atLeastOne(sum(coldDays, ({ calls }) => calls));
  return Math.max(0, busy - inits);
}

function choose(
  options: readonly ProvisioningOption[],
  usdPerDay: number,
  coldShare: number,
): ProvisioningOption['way'] {
  const of = (wanted: ProvisioningOption['way']) => options.find(({ way }) => way === wanted)!;
  const [nothing, provisioned] = [of('nothing'), of('provisioned-concurrency')];
  const isQuicker = coldShare >= MUCH_COLD && provisioned.p99Ms <= MUCH_QUICKER * nothing.p99Ms;
  const isCheap = provisioned.extraUsd < 0 || (isQuicker && provisioned.extraUsd <= MOST_EXTRA * usdPerDay);
  return isCheap ? 'provisioned-concurrency' : 'nothing';
}

/** Of the minutes that are kept singly: how many calls there were, and how slow warm ones were. */
function recentCalls({ minutes }: LoadState) {
  const loads = Object.values(minutes).flatMap(({ load }) => (load.calls > 0 ? [load] : []));
  const calls = sum(loads, (load) => load.calls);
  const perMinute = calls / Math.max(1, loads.length);
  return {
    calls,
    p99WarmMs: quantileOfMaxima(
      loads.map((load) => load.maxDurationMs),
      perMinute,
    ),
  };
}

/** The 99th percentile from the slowest call of each minute: of n calls all are below it with a probability of 0.99^n. */
const quantileOfMaxima = (slowest: readonly number[], calls: number): number => quantile(slowest, 0.99 ** calls);

/** The steps of each hour of the day (UTC), from hours that begin at a time. */
const hoursOfTheDay = (steps: readonly Step[], startsAt: number): Step[][] =>
  Array.from({ length: HOURS }, (_, hour) => steps.filter((__, at) => (startsAt / HOUR_MS + at) % HOURS === hour));

/** Neighbouring hours of one number are one action; where there are too many, two hours go together by the larger number, then three, and so on. */
function actionsOf(levels: readonly number[]): ScheduledAction[] {
  for (let width = 1; ; width++) {
    const wide = levels.map((_, hour) => {
      const from = Math.floor(hour / width) * width;
      return Math.max(...levels.slice(from, from + width));
    });
    const changes = wide.flatMap((level, hour) => (level === wide.at(hour - 1) && hour > 0 ? [] : [{ hour, level }]));
    // The last hour's level goes on into the next day.
    const needed = changes.length > 1 && wide[0] === wide.at(-1) ? changes.slice(1) : changes;
    if (needed.length <= MOST_ACTIONS) return needed.map(({ hour, level }) => actionAt(hour, level, wide));
  }
}

/** More environments are asked for a little before their hour; fewer are when it has come. */
function actionAt(hour: number, concurrency: number, levels: readonly number[]): ScheduledAction {
  const isMore = concurrency > levels.at(hour - 1)!;
  const at = (hour * 60 - (isMore ? AHEAD_MINUTES : 0) + 24 * 60) % (24 * 60);
  return {
    name: `lamplighter-${String(hour).padStart(2, '0')}`,
    schedule: `cron(${at % 60} ${Math.floor(at / 60)} * * ? *)`,
    concurrency,
  };
}

/** Whether an advice differs from an earlier one by enough to be told: a fifth, in any hour. */
export const isOtherAdvice = (levels: readonly number[], before: readonly number[]): boolean =>
  levels.some((level, hour) => Math.abs(level - (before[hour] ?? 0)) > 0.2 * Math.max(1, before[hour] ?? 0));

/** An advice is changed no more often than so. */
export const ADVICE_EVERY_MS = 24 * 60 * MINUTE_MS;

const atLeastOne = (count: number): number => Math.max(1, count);
const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
const mean = (values: readonly number[]): number => sum(values, (value) => value) / Math.max(1, values.length);
const median = (values: readonly number[]): number => quantile(values, 0.5);
function quantile(values: readonly number[], level: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? 0;
}
