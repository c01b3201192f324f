import type { LamplighterOptions } from './options/lamplighter-options.ts';
import { subscriptionOptions } from './options/lamplighter-options.ts';
import type { PreflightResult } from './preflight/check-groups.ts';
import type { RetentionPlan } from './preflight/plan-retention.ts';
import { tellRetention } from './tell-retention.ts';
import { addSubscriptions } from './template/add-subscriptions.ts';
import { setRetention, silentGroups } from './template/set-retention.ts';
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
  /** Which of the groups that have no retention get one. */
  readonly retention: (groups: readonly WatchableGroup[]) => Promise<RetentionPlan>;
}

export interface WeaveResult {
  /** Names of log groups that are watched by something outside the template. */
  readonly subscribedGroups: readonly string[];
  /** Sentences for the owner. */
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** Adds to a compiled template, in place, what Lamplighter needs to watch its functions; nothing else of it is touched. */
export async function weaveTemplate(template: CompiledTemplate, request: WeaveRequest): Promise<WeaveResult> {
  const { options, stage, functionIds } = request;
  const { groups, unreachable } = watchableGroups(template, functionIds, filterNameOf(stage));
  const retention = await request.retention(silentGroups(template, groups));
  setRetention(template, retention);
  const told = tellRetention(retention);
  const wanted = subscriptionOptions(options);
  if (wanted === undefined) return { subscribedGroups: [], ...told };
  const { groups: chosen, left } = await request.preflight(groups);
  addSubscriptions(template, chosen, { stage, permission: wanted.permission });
  return {
    subscribedGroups: left.filter(({ isWatched }) => isWatched).map(({ name }) => name),
    notices: told.notices,
    warnings: [
      ...told.warnings,
      ...unreachable.map(({ functionId, reason }) => `${functionId} is not subscribed: ${reason}.`),
      ...left.map(({ why }) => `${why}.`),
    ],
  };
}
