import type { LamplighterOptions } from './options/lamplighter-options.ts';
import { subscriptionOptions } from './options/lamplighter-options.ts';
import type { PreflightResult } from './preflight/check-groups.ts';
import { addSubscriptions } from './template/add-subscriptions.ts';
import { setRetention } from './template/set-retention.ts';
import { type WatchableGroup, watchableGroups } from './template/watchable-groups.ts';
import { type CompiledTemplate, filterNameOf } from './template/woven-template.ts';

export interface WeaveRequest {
  readonly options: LamplighterOptions;
  /** Lamplighter's stage. */
  readonly stage: string;
  /** Logical ids of the functions to watch. */
  readonly functionIds: readonly string[];
  /** Which of the groups get a filter; all of them where nobody asks. */
  readonly preflight: (groups: readonly WatchableGroup[]) => Promise<PreflightResult>;
}

export interface WeaveResult {
  /** Names of log groups that are watched by something outside the template. */
  readonly subscribedGroups: readonly string[];
  /** Sentences for the owner. */
  readonly warnings: readonly string[];
}

/** Adds to a compiled template, in place, what Lamplighter needs to watch its functions; nothing else of it is touched. */
export async function weaveTemplate(template: CompiledTemplate, request: WeaveRequest): Promise<WeaveResult> {
  const { options, stage, functionIds } = request;
  const { groups, unreachable } = watchableGroups(template, functionIds, filterNameOf(stage));
  if (options.retentionDays !== false)
    setRetention(
      template,
      groups.map(({ logGroupId }) => logGroupId),
      options.retentionDays,
    );
  const wanted = subscriptionOptions(options);
  if (wanted === undefined) return { subscribedGroups: [], warnings: [] };
  const { groups: chosen, left } = await request.preflight(groups);
  addSubscriptions(template, chosen, { stage, permission: wanted.permission });
  return {
    subscribedGroups: left.filter(({ isWatched }) => isWatched).map(({ name }) => name),
    warnings: [
      ...unreachable.map(({ functionId, reason }) => `${functionId} is not subscribed: ${reason}.`),
      ...left.map(({ why }) => `${why}.`),
    ],
  };
}
