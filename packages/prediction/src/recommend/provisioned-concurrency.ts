import { type Architecture, usdOf } from '@lamplighter/pricing';

/** A function as it ran in the last hours. */
export interface ProvisioningInput {
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** Highest concurrency of each coming step, as forecast. */
  readonly concurrency: readonly number[];
  /** Calls of each coming step. */
  readonly calls: readonly number[];
  readonly stepMs: number;
  /** Start of the first step. */
  readonly startsAt: number;
  readonly meanDurationMs: number;
  readonly p99WarmMs: number;
  readonly initMs: number;
  /** Share of the calls that met a new environment, 0 to 1. */
  readonly coldShare: number;
}

/** A way to keep cold starts away, beside doing nothing: USD for the whole time, and the latency that 99 of 100 calls stay below. */
export interface ProvisioningOption {
  readonly way: 'nothing' | 'provisioned-concurrency' | 'warm-up-pings' | 'reserved-concurrency';
  /** More (or, negative, less) than doing nothing. */
  readonly extraUsd: number;
  readonly p99Ms: number;
  /** Of provisioned concurrency: how many environments from when to when. */
  readonly schedule?: readonly { readonly from: number; readonly to: number; readonly environments: number }[];
  readonly note: string;
}

/** A call every five minutes keeps an environment: AWS publishes no lifetime of idle ones, several minutes are seen. */
const PING_EVERY_MS = 300_000;
const PING_MS = 5;
/** One in a hundred: from there the 99th percentile is a cold call. */
const SEEN_IN_P99 = 0.01;

const RATES = {
  x86_64: {
    onDemand: usdOf('lambda.duration_x86_tier1'),
    configured: usdOf('lambda.provisioned_concurrency_x86'),
    duration: usdOf('lambda.provisioned_duration_x86'),
  },
  arm64: {
    onDemand: usdOf('lambda.duration_arm_tier1'),
    configured: usdOf('lambda.provisioned_concurrency_arm'),
    duration: usdOf('lambda.provisioned_duration_arm'),
  },
} as const;
const USD_PER_REQUEST = usdOf('lambda.requests') / 1e6;

/**
 * What each way costs and gives over the forecast. Provisioned environments are paid by the GB-second whether used or not, and calls in them by a lower price
 * of duration (https://aws.amazon.com/lambda/pricing/); they pay off by themselves from about 60 % of use. Reserved concurrency costs nothing and keeps no
 * environment warm: it guarantees and caps.
 */
export function compareProvisioning(input: ProvisioningInput): ProvisioningOption[] {
  const { p99WarmMs, initMs, coldShare, startsAt, stepMs, concurrency } = input;
  const p99Cold = coldShare >= SEEN_IN_P99 ? p99WarmMs + initMs : p99WarmMs;
  const schedule = concurrency.map((value, step) => ({
    from: startsAt + step * stepMs,
    to: startsAt + (step + 1) * stepMs,
    environments: Math.ceil(value),
  }));
  return [
    { way: 'nothing', extraUsd: 0, p99Ms: p99Cold, note: 'As it is.' },
    {
      way: 'provisioned-concurrency',
      extraUsd: provisionedUsd(input),
      p99Ms: p99WarmMs,
      schedule: joined(schedule),
      note: 'Needs a version or an alias, and is there one to two minutes after it is asked for.',
    },
    {
      way: 'warm-up-pings',
      extraUsd: pingsUsd(input),
      p99Ms: p99Cold,
      note: 'Keeps environments that are there, with no guarantee; a climb still meets new ones.',
    },
    {
      way: 'reserved-concurrency',
      extraUsd: 0,
      p99Ms: p99Cold,
      note: 'Keeps room in the quota, and no environment warm.',
    },
  ];
}

function provisionedUsd({
  memoryMb,
  architecture,
  concurrency,
  calls,
  stepMs,
  meanDurationMs,
  ...input
}: ProvisioningInput): number {
  const rates = RATES[architecture];
  const gb = memoryMb / 1024;
  return concurrency.reduce((sum, value, step) => {
    const configured = Math.ceil(value) * gb * (stepMs / 1000) * rates.configured;
    const busySeconds = ((calls[step] ?? 0) * meanDurationMs) / 1000;
    const inits = ((calls[step] ?? 0) * input.coldShare * input.initMs) / 1000;
    return sum + configured - busySeconds * gb * (rates.onDemand - rates.duration) - inits * gb * rates.onDemand;
  }, 0);
}

function pingsUsd({ memoryMb, architecture, concurrency, stepMs }: ProvisioningInput): number {
  const perPing = USD_PER_REQUEST + (PING_MS / 1000) * (memoryMb / 1024) * RATES[architecture].onDemand;
  return concurrency.reduce((sum, value) => sum + Math.ceil(value) * (stepMs / PING_EVERY_MS) * perPing, 0);
}

/** Neighbouring steps of the same number are one. */
function joined(steps: NonNullable<ProvisioningOption['schedule']>): NonNullable<ProvisioningOption['schedule']> {
  const merged: { from: number; to: number; environments: number }[] = [];
  for (const step of steps) {
    const last = merged.at(-1);
    if (last?.environments === step.environments) last.to = step.to;
    else merged.push({ ...step });
  }
  return merged;
}
