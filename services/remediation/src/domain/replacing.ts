import type { AdvisedSchedule, RemedyContext } from '@lamplighter/remedies';
import type { StoredRemediation } from './stored-remediation.ts';

/** The schedule in force on the same alias, which the next one takes the place of; the newest, if there are several. */
export const replaceable = (
  earlier: readonly StoredRemediation[],
  { functionName, qualifier }: AdvisedSchedule,
): StoredRemediation | undefined =>
  earlier
    .filter(
      ({ remediation, change }) =>
        remediation.state === 'kept' &&
        change.kind === 'lambda-provisioned-schedule' &&
        change.functionName === functionName &&
        change.qualifier === qualifier,
    )
    .sort((a, b) => (b.advisedAt ?? 0) - (a.advisedAt ?? 0))[0];

/** The alias as it would be without what is replaced: that it is scaled is Lamplighter's own doing. */
export function withoutReplaced(context: RemedyContext, { change }: StoredRemediation): RemedyContext {
  if (context.function === undefined || change.kind !== 'lambda-provisioned-schedule') return context;
  const scaledAliases = context.function.scaledAliases.filter((alias) => alias !== change.qualifier);
  return { ...context, function: { ...context.function, scaledAliases } };
}

/** The plan with what it replaces: actions that it has no use for go. */
export function inPlaceOf(replaced: StoredRemediation, plan: StoredRemediation): StoredRemediation {
  if (replaced.change.kind !== 'lambda-provisioned-schedule' || plan.change.kind !== 'lambda-provisioned-schedule')
    return plan;
  const own = plan.change.actions.map(({ name }) => name);
  const stale = replaced.change.actions.filter(({ name, at }) => at !== null && !own.includes(name));
  return {
    ...plan,
    replaces: replaced.remediation.remediationId,
    change: { ...plan.change, actions: [...plan.change.actions, ...stale.map(({ name }) => ({ name, at: null }))] },
  };
}
