import type { PlannedRemedy } from '../planning/plan-remedies.ts';
import type { ToldMetric, VerifiedMetric } from '../playbook.ts';
import type { RemedyContext, Traffic } from '../remedy-context.ts';
import type { RepairTrial, TrialMetric } from './judge-repair.ts';
import { measured } from './measured.ts';
import { meteredTrial, meterOfLimit, unservedBefore } from './metered-trial.ts';
import { aheadTrial } from './trial-ahead.ts';

/** How far above what was normal a repaired function may stay: noise, not trouble. */
const MARGIN = 1.5;
/** What is good enough where nothing is known of normal times. */
const UNKNOWN_SHARE = 0.01;
/** Shares below this are good whatever was normal. */
const LEAST_SHARE = 0.005;
/** Nobody is told of a reader that is less behind. */
const LEAST_BEHIND_MS = 30_000;

/** What has to become better, from what, to what. */
export function trialOf(remedy: Pick<PlannedRemedy, 'playbook' | 'proposal'>, context: RemedyContext): RepairTrial {
  const { verifies, verifiesFor } = remedy.playbook;
  const told = verifiesFor?.[context.finding.class];
  const trial = (told && toldTrial(told, remedy, context)) ?? generalTrial(verifies, remedy, context);
  return meteredTrial(trial, remedy.proposal.change, context);
}

function toldTrial(
  metric: ToldMetric,
  { proposal }: Pick<PlannedRemedy, 'proposal'>,
  context: RemedyContext,
): RepairTrial | undefined {
  return metric === 'throttled-share' ? throttledTrial(context) : aheadTrial(metric, proposal.change, context);
}

function generalTrial(
  metric: VerifiedMetric,
  { proposal }: Pick<PlannedRemedy, 'proposal'>,
  context: RemedyContext,
): RepairTrial {
  const { traffic, normal } = context;
  const meter = meterOfLimit(proposal.change);
  if (metric === 'unserved-share' && meter !== undefined) {
    const { before, usual } = unservedBefore(meter, context);
    return shareTrial(metric, before, usual, traffic);
  }
  if (metric === 'none') return { metric, before: 0, target: 0, failuresBefore: traffic.failureShare };
  if (metric === 'duration') return durationTrial(context);
  if (metric === 'iterator-age-ms') return behindTrial(context);
  const before = measured({ metric }, traffic) ?? 0;
  return shareTrial(metric, before, normal && measured({ metric }, normal), traffic);
}

function throttledTrial({ traffic, normal }: RemedyContext): RepairTrial | undefined {
  const { throttledShare } = traffic;
  return throttledShare === undefined
    ? undefined
    : shareTrial('throttled-share', throttledShare, normal?.throttledShare, traffic);
}

/** From what the finding measured: CloudWatch may not have the newest minutes yet. */
function behindTrial({ finding, traffic, normal }: RemedyContext): RepairTrial {
  const told = finding.evidence.find(({ metric, unit }) => metric === 'iterator age' && unit === 'ms');
  const before = Math.max(traffic.iteratorAgeMs ?? 0, told?.after ?? 0);
  const usualMs = normal?.iteratorAgeMs ?? told?.before ?? 0;
  const target = Math.max(LEAST_BEHIND_MS, usualMs * MARGIN);
  return { metric: 'iterator-age-ms', before, target, failuresBefore: traffic.failureShare };
}

function shareTrial(
  metric: TrialMetric,
  before: number,
  usual: number | undefined,
  { failureShare }: Traffic,
): RepairTrial {
  const target = Math.max(LEAST_SHARE, (usual ?? UNKNOWN_SHARE) * MARGIN);
  return { metric, before, target, failuresBefore: failureShare };
}

/**
 * The quantile that rose more: where half of the calls are slow, a tail that was long before tells nothing. Half of the rise has to go at least, or a
 * small one would be good within the margin already.
 */
function durationTrial({ traffic, normal }: RemedyContext): RepairTrial {
  const isMiddle = riseOf('p50Ms', traffic, normal) > riseOf('p95Ms', traffic, normal);
  const figure = isMiddle ? 'p50Ms' : 'p95Ms';
  const before = traffic[figure];
  const known = normal?.[figure] ?? 0;
  const usual = known > 0 ? known : before / 2;
  const target = Math.min(usual * MARGIN, (usual + before) / 2);
  const mean = meanOf(traffic, normal);
  return {
    metric: isMiddle ? 'p50-ms' : 'p95-ms',
    before,
    target,
    failuresBefore: traffic.failureShare,
    ...(mean && { mean }),
  };
}

function meanOf({ meanMs: beforeMs }: Traffic, normal: Traffic | undefined): RepairTrial['mean'] {
  const usualMs = normal?.meanMs;
  return beforeMs === undefined || usualMs === undefined || beforeMs <= usualMs ? undefined : { beforeMs, usualMs };
}

function riseOf(figure: 'p50Ms' | 'p95Ms', traffic: Traffic, normal: Traffic | undefined): number {
  const usual = normal?.[figure] ?? 0;
  return usual > 0 ? traffic[figure] / usual : 0;
}
