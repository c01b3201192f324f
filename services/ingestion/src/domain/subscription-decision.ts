import { isOwnLogGroup } from './own-log-group.ts';
import { isWatched } from './spans/spans-log-group.ts';

/** A log group as CloudWatch Logs describes it. */
export interface LogGroupFacts {
  readonly logGroup: string;
  readonly logClass?: string;
  readonly retentionDays?: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly filters: readonly { readonly name: string; readonly destinationArn: string }[];
}

export interface SubscriptionPolicy {
  readonly watchedPrefix: string;
  readonly ownPrefix: string;
  readonly filterName: string;
  readonly destinationArn: string;
}

export type SubscriptionDecision =
  | { readonly kind: 'subscribe' }
  | { readonly kind: 'skip'; readonly reason: 'own-log-group' | 'not-watched' | 'opted-out' | 'already-subscribed' }
  | { readonly kind: 'refuse'; readonly reason: 'filter-limit' | 'log-class' };

const DAY_MS = 86_400_000;

/**
 * Whether a group may be given a retention: it has none, and is younger than a day. CloudWatch Logs deletes what is older than a retention for
 * good, and what somebody has kept so far is not ours to delete.
 */
export function wantsRetention({ retentionDays, createdAt }: LogGroupFacts, now: number): boolean {
  return retentionDays === undefined && now - createdAt < DAY_MS;
}

/** CloudWatch Logs' API allows two subscription filters a group; the guide says five since 2026: plan for the smaller. */
const MAX_FILTERS = 2;
/** A log group tagged so is left alone. */
export const OPT_OUT_TAG = { key: 'lamplighter', values: ['off', 'false', 'no'] } as const;

/** Whether a log group is to be subscribed. Lamplighter's own groups never are, whatever the settings say: a pipeline that reads itself has no end. */
export function decideSubscription(facts: LogGroupFacts, policy: SubscriptionPolicy): SubscriptionDecision {
  if (isOwnLogGroup(facts.logGroup, policy.ownPrefix)) return { kind: 'skip', reason: 'own-log-group' };
  if (!isWatched(facts.logGroup, policy.watchedPrefix)) return { kind: 'skip', reason: 'not-watched' };
  const optOut = facts.tags[OPT_OUT_TAG.key]?.toLowerCase() ?? '';
  if ((OPT_OUT_TAG.values as readonly string[]).includes(optOut)) return { kind: 'skip', reason: 'opted-out' };
  // By this filter, or by one that the function's own stack brought along: a second one would only double what comes.
  if (facts.filters.some(({ destinationArn }) => destinationArn === policy.destinationArn))
    return { kind: 'skip', reason: 'already-subscribed' };
  const present = facts.filters.find((filter) => filter.name === policy.filterName);
  // Only the Standard class can be subscribed (Subscriptions.html).
  if (facts.logClass !== undefined && facts.logClass !== 'STANDARD') return { kind: 'refuse', reason: 'log-class' };
  if (!present && facts.filters.length >= MAX_FILTERS) return { kind: 'refuse', reason: 'filter-limit' };
  return { kind: 'subscribe' };
}
