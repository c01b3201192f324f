import type { VerifiedMetric } from '../playbook.ts';
import type { Traffic } from '../remedy-context.ts';
import type { RepairTrial, TrialMetric } from './judge-repair.ts';

/** How far above what was normal a repaired function may stay: noise, not trouble. */
const MARGIN = 1.5;
/** What is good enough where nothing is known of normal times. */
const UNKNOWN_SHARE = 0.01;
/** Shares below this are good whatever was normal. */
const LEAST_SHARE = 0.005;

/** What has to become better, from what, to what. */
export function trialOf(metric: VerifiedMetric, traffic: Traffic, normal: Traffic | undefined): RepairTrial {
  const failuresBefore = traffic.failureShare;
  if (metric === 'none') return { metric, before: 0, target: 0, failuresBefore };
  if (metric === 'duration') return durationTrial(traffic, normal);
  const usual = normal === undefined ? UNKNOWN_SHARE : figureOf(metric, normal);
  const before = figureOf(metric, traffic);
  return { metric, before, target: Math.max(LEAST_SHARE, usual * MARGIN), failuresBefore };
}

/**
 * The quantile that rose more: where half of the calls are slow, a tail that was long before tells nothing. Half of the rise has to go at least, or a
 * small one would be good within the margin already.
 */
function durationTrial(traffic: Traffic, normal: Traffic | undefined): RepairTrial {
  const metric = riseOf('p50-ms', traffic, normal) > riseOf('p95-ms', traffic, normal) ? 'p50-ms' : 'p95-ms';
  const before = figureOf(metric, traffic);
  const known = normal === undefined ? 0 : figureOf(metric, normal);
  const usual = known > 0 ? known : before / 2;
  const target = Math.min(usual * MARGIN, (usual + before) / 2);
  return { metric, before, target, failuresBefore: traffic.failureShare };
}

function riseOf(metric: 'p50-ms' | 'p95-ms', traffic: Traffic, normal: Traffic | undefined): number {
  const usual = normal === undefined ? 0 : figureOf(metric, normal);
  return usual > 0 ? figureOf(metric, traffic) / usual : 0;
}

function figureOf(metric: Exclude<TrialMetric, 'none'>, traffic: Traffic): number {
  const figures = {
    'failure-share': traffic.failureShare,
    'timeout-share': traffic.timeoutShare,
    'out-of-memory-share': traffic.outOfMemoryShare,
    'cold-start-share': traffic.coldStartShare,
    'p50-ms': traffic.p50Ms,
    'p95-ms': traffic.p95Ms,
  };
  return figures[metric];
}
