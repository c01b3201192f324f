import type { Change } from '../change.ts';
import type { RemedyContext } from '../remedy-context.ts';
import type { RepairTrial } from './judge-repair.ts';
import { measured } from './measured.ts';

type MetricAhead = 'memory-use' | 'concurrency-use' | 'timeout-risk';

/** A fifth has to be free: what more memory is sized for, and where concurrency counts as full. */
const MOST_USE = 0.8;
/** And a quarter of the use has to go, or a slow rise that was told early would be good before anything was done. */
const LEFT_OF_USE = 0.75;
/** One call in ten thousand: a smaller risk of a timeout is none that would be told. */
const LEAST_RISK = 1e-4;
const MARGIN = 1.5;

/**
 * What is about to happen, by how near it is: nothing failed yet, so no share of failures tells whether the repair helped. What counts is the room that is
 * left, not what was normal. Undefined where it is not known how near it was.
 */
export function aheadTrial(metric: MetricAhead, change: Change, context: RemedyContext): RepairTrial | undefined {
  const { traffic, normal, function: settings } = context;
  const limits = limitsOf(metric, change, settings);
  const told = toldRisk(metric, context);
  const before = larger(measured({ metric, ...limits?.before }, traffic), told?.before);
  if (before === undefined) return undefined;
  const usual = (normal && measured({ metric, ...limits?.before }, normal)) ?? told?.usual;
  const target = metric === 'timeout-risk' ? targetRisk(before, usual ?? 0) : Math.min(MOST_USE, before * LEFT_OF_USE);
  return { metric, before, target, failuresBefore: traffic.failureShare, ...limits?.after };
}

/** A tail of a few minutes may be fitted to end before the limit: what is known to be so near is no less near for that. */
function larger(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** What the finding measured, over more calls than there were since it opened. */
function toldRisk(metric: MetricAhead, { finding }: RemedyContext) {
  if (metric !== 'timeout-risk') return undefined;
  const told = finding.evidence.find((one) => one.metric === 'probability of a timeout' && one.unit === '%');
  return told?.after === undefined ? undefined : { before: told.after / 100, usual: (told.before ?? 0) / 100 };
}

/** Half of the risk has to go at least, unless what is left is none. */
const targetRisk = (before: number, usual: number): number =>
  Math.max(LEAST_RISK, Math.min(before / 2, usual * MARGIN));

interface Limits {
  readonly before: { readonly limit?: number };
  readonly after: { readonly limit?: number };
}

/** What the figure is measured against before and after the change; memory is measured against what each window tells. */
function limitsOf(metric: MetricAhead, change: Change, settings: RemedyContext['function']): Limits | undefined {
  if (metric === 'timeout-risk' && (change.kind === 'lambda-configuration' || change.kind === 'lambda-release'))
    return limits(timeoutBefore(change, settings) * 1000, (change.timeoutS ?? 0) * 1000);
  if (metric === 'concurrency-use' && change.kind === 'lambda-reserved-concurrency')
    return limits(settings?.reservedConcurrency ?? 0, change.concurrency ?? 0);
  return undefined;
}

/** Of what calls reach: the version behind an alias has its own. */
function timeoutBefore(change: Change, settings: RemedyContext['function']): number {
  const alias = change.kind === 'lambda-release' ? change.alias : undefined;
  const served = settings?.aliases.find(({ name }) => name === alias)?.served;
  return served?.timeoutS ?? settings?.timeoutS ?? 0;
}

const limits = (before: number, after: number): Limits => ({
  before: before > 0 ? { limit: before } : {},
  after: after > 0 ? { limit: after } : {},
});
