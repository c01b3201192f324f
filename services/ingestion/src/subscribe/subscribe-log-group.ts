import { type EventEntry, LogGroupSubscriptionDecided } from '@lamplighter/contracts';
import { type Clock, idempotencyKey } from '@lamplighter/lambda-kit';
import { functionOf } from '@lamplighter/lambda-logs';
import { isWatched, SPANS_LOG_GROUP } from '../domain/spans/spans-log-group.ts';
import {
  decideSubscription,
  type SubscriptionDecision,
  type SubscriptionPolicy,
  wantsRetention,
} from '../domain/subscription-decision.ts';
import type { LedgerPort, ListedLogGroup, LogGroupsPort, PublishPort } from '../ports.ts';

export interface SubscribeDeps {
  readonly accountId: string;
  readonly region: string;
  readonly now: Clock;
  readonly policy: SubscriptionPolicy;
  readonly retentionDays: number;
  readonly logGroups: LogGroupsPort;
  readonly ledger: Pick<LedgerPort, 'register'>;
  readonly publish: PublishPort;
}

/**
 * Looks at one log group and subscribes it where that is wanted and possible; says what was decided. A group that was just `created` and is
 * subscribed already was so by a run that may have been broken off before it told.
 */
export async function subscribeLogGroup(
  logGroup: string,
  deps: SubscribeDeps,
  { created }: { readonly created: boolean },
): Promise<SubscriptionDecision | undefined> {
  if (!isWatched(logGroup, deps.policy.watchedPrefix)) return { kind: 'skip', reason: 'not-watched' };
  const group = await deps.logGroups.find(logGroup);
  return group && subscribeListed(group, deps, { created });
}

/** The same for a group that is listed already. */
export async function subscribeListed(
  group: ListedLogGroup,
  deps: SubscribeDeps,
  { created }: { readonly created: boolean },
): Promise<SubscriptionDecision | undefined> {
  const { logGroup } = group;
  const facts = await deps.logGroups.describe(group);
  if (!facts) return undefined;
  const decision = decideSubscription(facts, deps.policy);
  const isUntold = created && decision.kind === 'skip' && decision.reason === 'already-subscribed';
  // Known before its first log arrives, or a subscription that never worked would be missed by nobody.
  if (decision.kind === 'subscribe' || isUntold) await register(logGroup, deps);
  if (decision.kind === 'subscribe') await deps.logGroups.subscribe(logGroup);
  const entry = decidedEvent(logGroup, isUntold ? { kind: 'subscribe' } : decision, deps);
  if (entry) await deps.publish([entry]);
  // Last, and again in each round while the group is new: a retention that is refused keeps nothing from being watched.
  const isOurs = decision.kind === 'subscribe' || facts.filters.some(({ name }) => name === deps.policy.filterName);
  if (isOurs && wantsRetention(facts, deps.now())) await deps.logGroups.retain(logGroup, deps.retentionDays);
  return decision;
}

async function register(logGroup: string, { accountId, region, ledger }: SubscribeDeps): Promise<void> {
  const { functionName = logGroup } = functionOf({ logGroup, logStream: '' });
  if (logGroup !== SPANS_LOG_GROUP) await ledger.register({ functionName, accountId, region, logGroup });
}

/** Worth telling: a new subscription, and a group that cannot be subscribed. What is skipped is as it should be. */
function decidedEvent(logGroup: string, decision: SubscriptionDecision, deps: SubscribeDeps): EventEntry | undefined {
  if (decision.kind === 'skip') return undefined;
  const { accountId, region } = deps;
  return LogGroupSubscriptionDecided.entry(
    decision.kind === 'subscribe'
      ? { accountId, region, logGroup, outcome: 'subscribed' }
      : { accountId, region, logGroup, outcome: 'refused', reason: decision.reason },
    idempotencyKey(accountId, region, logGroup, decision.kind),
  );
}
