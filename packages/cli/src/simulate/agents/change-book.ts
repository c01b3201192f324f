import {
  approvalsNeededFor,
  type Change,
  type GuardRequest,
  type GuardrailConfig,
  type GuardState,
  guard,
  type PlannedRemedy,
  resourceKeyOf,
} from '@lamplighter/remedies';

const HOURS_A_MONTH = 730;

interface BookedChange {
  readonly resourceKey: string;
  readonly at: number;
  readonly costPerHourUsd: number;
  wasUndone: boolean;
  isInForce: boolean;
}

/** What was changed, and what stands against one more change. */
export interface ChangeBook {
  /** Why the rails do not let a change in by itself; undefined where they do. */
  refusalOf(
    remedy: PlannedRemedy,
    remediationId: string,
    now: number,
    inChange: GuardState['inChange'],
  ): string | undefined;
  note(change: Change, costPerHourUsd: number, at: number): void;
  /** Of a resource, changed at that time: no longer in force, and perhaps because it did not help. */
  takeBack(change: Change, at: number, wasUndone: boolean): void;
}

/** The changes of one run, which the rails look at as the service's table lets them. */
export function changeBook(rails: GuardrailConfig): ChangeBook {
  const changes: BookedChange[] = [];
  return {
    refusalOf(remedy, remediationId, now, inChange) {
      const inForce = changes.filter(({ isInForce }) => isInForce);
      const spentPerHourUsd = inForce.reduce((sum, { costPerHourUsd }) => sum + Math.max(0, costPerHourUsd), 0);
      const costs = inForce.map((one) => ({ ...one, costPerMonthUsd: one.costPerHourUsd * HOURS_A_MONTH }));
      const recent = changes.toReversed();
      const state = { now, isKilled: false, inChange, recent, spentPerHourUsd, costs };
      const decision = guard(requestOf(remedy, remediationId), state, rails);
      if (decision.kind === 'refused')
        return decision.refusals.map(({ rail, reason }) => `guardrail ${rail}: ${reason}`).join(' ');
      if (decision.kind !== 'allowed') return decision.reason;
      return decision.mode === 'automatic'
        ? undefined
        : `The rails are in mode ${decision.mode}: nothing is done by itself.`;
    },
    note(change, costPerHourUsd, at) {
      changes.push({ resourceKey: resourceKeyOf(change), at, costPerHourUsd, wasUndone: false, isInForce: true });
    },
    takeBack(change, at, wasUndone) {
      const booked = changes.find((one) => one.at === at && one.resourceKey === resourceKeyOf(change));
      if (booked !== undefined) Object.assign(booked, { wasUndone, isInForce: false });
    },
  };
}

function requestOf({ playbook, proposal }: PlannedRemedy, remediationId: string): GuardRequest {
  const { change, costPerHourUsd } = proposal;
  return {
    remediationId,
    playbook: playbook.name,
    risk: playbook.risk,
    change,
    resourceName: resourceKeyOf(change).split('/').at(-1)!,
    resourceTags: {},
    stage: 'twin',
    costPerHourUsd,
    costPerMonthUsd: costPerHourUsd * HOURS_A_MONTH,
    isAlwaysAsked: playbook.alwaysAsks === true,
    approvalsNeeded: approvalsNeededFor(playbook),
  };
}
