import type { VerifiedMetric } from '../playbook.ts';
import type { Traffic } from '../remedy-context.ts';
import type { RepairTrial } from './judge-repair.ts';

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
  const before = figureOf(metric, traffic);
  if (metric === 'p95-ms') {
    const usual = normal === undefined || normal.p95Ms === 0 ? before / 2 : normal.p95Ms;
    return { metric, before, target: usual * MARGIN, failuresBefore };
  }
  const usual = normal === undefined ? UNKNOWN_SHARE : figureOf(metric, normal);
  return { metric, before, target: Math.max(LEAST_SHARE, usual * MARGIN), failuresBefore };
}

function figureOf(metric: Exclude<VerifiedMetric, 'none'>, traffic: Traffic): number {
  const figures = {
    'failure-share': traffic.failureShare,
    'timeout-share': traffic.timeoutShare,
    'out-of-memory-share': traffic.outOfMemoryShare,
    'cold-start-share': traffic.coldStartShare,
    'p95-ms': traffic.p95Ms,
  };
  return figures[metric];
}
