import type { Assumptions } from '../aws/assumptions.ts';

/** What a scenario asks of its functions in the busiest minute. */
export interface PeakNeed {
  /** CPU milliseconds on one vCPU in that minute. */
  readonly cpuMsPerMinute: number;
  /** Most requests under way at once. */
  readonly concurrency: number;
}

/** A fleet that is always as large as the peak needs. */
export interface Fleet {
  readonly tasks: number;
  readonly usdPerHour: number;
  /** What the tasks were sized by. */
  readonly sizedBy: 'cpu' | 'concurrency' | 'nothing';
}

/**
 * Tasks of Fargate for the peak: enough CPU at the utilisation at which a task counts as full, and enough places for requests that wait. Prices
 * and sizes are assumptions that can be set; load balancers, logs and what the functions call are on neither side of the comparison.
 */
export function fleetFor({ cpuMsPerMinute, concurrency }: PeakNeed, assumptions: Assumptions): Fleet {
  const { fleetTaskVcpu, fleetTaskGb, fleetUtilisationPct, fleetRequestsPerTask } = assumptions;
  const forCpu = Math.ceil(cpuMsPerMinute / 60_000 / (fleetTaskVcpu * (fleetUtilisationPct / 100)));
  const forConcurrency = Math.ceil(concurrency / fleetRequestsPerTask);
  const tasks = Math.max(forCpu, forConcurrency);
  const usdPerTask = fleetTaskVcpu * assumptions.fleetUsdPerVcpuHour + fleetTaskGb * assumptions.fleetUsdPerGbHour;
  const sizedBy = tasks === 0 ? 'nothing' : forCpu >= forConcurrency ? 'cpu' : 'concurrency';
  return { tasks, usdPerHour: tasks * usdPerTask, sizedBy };
}
