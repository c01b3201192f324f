import type { LamplighterOptions } from './options/lamplighter-options.ts';
import { subscriptionOptions } from './options/lamplighter-options.ts';
import type { PreflightResult } from './preflight/check-groups.ts';
import type { RetentionPlan } from './preflight/plan-retention.ts';
import { tellRetention } from './tell-retention.ts';
import { addSubscriptions } from './template/add-subscriptions.ts';
import { noteDeployment } from './template/note-deployment.ts';
import { setRetention, silentGroups } from './template/set-retention.ts';
import { limitsPassed, templateSize } from './template/template-limits.ts';
import { type WatchableGroup, watchableGroups } from './template/watchable-groups.ts';
import { type CompiledTemplate, filterNameOf } from './template/woven-template.ts';

export interface WeaveRequest {
  readonly options: LamplighterOptions;
  /** Lamplighter's stage. */
  readonly stage: string;
  /** Logical ids of the service's functions. */
  readonly functionIds: readonly string[];
  /** Those among them that are not to be subscribed. */
  readonly excludedIds: readonly string[];
  /** Which of the groups get a filter; all of them where nobody asks. */
  readonly preflight: (groups: readonly WatchableGroup[]) => Promise<PreflightResult>;
  /** Which of the groups that have no retention get one. */
  readonly retention: (groups: readonly WatchableGroup[]) => Promise<RetentionPlan>;
}

export interface WeaveResult {
  /** Sentences for the owner. */
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** Adds to a compiled template, in place, what Lamplighter needs to watch its functions; nothing else of it is touched. */
export async function weaveTemplate(template: CompiledTemplate, request: WeaveRequest): Promise<WeaveResult> {
  const { options, stage, functionIds, excludedIds } = request;
  const ownName = filterNameOf(stage);
  const subscribed = functionIds.filter((id) => !excludedIds.includes(id));
  const { groups, unreachable } = watchableGroups(template, subscribed, ownName);
  const chosen = new Set(groups.map(({ logGroupId }) => logGroupId));
  const all = watchableGroups(template, functionIds, ownName).groups.map((group) =>
    chosen.has(group.logGroupId) ? group : { ...group, isExcluded: true as const },
  );
  const retention = await request.retention(silentGroups(template, all));
  setRetention(template, retention);
  const told = tellRetention(retention);
  const wanted = subscriptionOptions(options);
  if (wanted === undefined) return told;
  const checked = await request.preflight(groups);
  const before = templateSize(template);
  addSubscriptions(template, checked.groups, { stage, permission: wanted.permission });
  noteDeployment(template, checked);
  return {
    notices: told.notices,
    warnings: [
      ...told.warnings,
      ...unreachable.map(({ functionId, reason }) => `${functionId} is not subscribed: ${reason}.`),
      ...checked.left.map(({ why }) => `${why}.`),
      ...limitsPassed(before, templateSize(template)),
    ],
  };
}
