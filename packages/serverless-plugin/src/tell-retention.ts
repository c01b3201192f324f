import type { RetentionPlan } from './preflight/plan-retention.ts';

/** What the owner has to know of a retention: above all of which logs will be deleted. */
export function tellRetention({ days, shortened, left }: Pick<RetentionPlan, 'days' | 'shortened' | 'left'>): {
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
} {
  return {
    warnings: shortened.map(
      (name) =>
        `${name} keeps its logs for ${days} days from this deploy on (custom.lamplighter.retentionDays): CloudWatch Logs deletes what is older, for good.`,
    ),
    notices: left.map(
      (name) =>
        `Lamplighter: ${name} was there before, and keeps its logs as long as so far; custom.lamplighter.retentionDays would change that; of an excluded function, its own logRetentionInDays.`,
    ),
  };
}
