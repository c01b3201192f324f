import type { Finding, FunctionWindow } from '@lamplighter/contracts';
import {
  figuresByMinute,
  judgeRepair,
  type PlannedRemedy,
  type RepairTrial,
  type RepairVerdict,
} from '@lamplighter/remedies';
import type { TwinStep } from './action-of-change.ts';

/** A repair that was made, until it is known whether it helped. */
export interface TrialInTwin {
  readonly remediationId: string;
  readonly remedy: PlannedRemedy;
  readonly step: TwinStep;
  readonly finding: Finding;
  readonly trial: RepairTrial;
  readonly appliedAt: number;
}

export const repairIdOf = ({ findingId }: Finding, { playbook }: PlannedRemedy): string =>
  `${findingId}/${playbook.name}`;

export function verdictOn(
  { trial, appliedAt }: TrialInTwin,
  windows: readonly FunctionWindow[],
  { now, verdictMinutes }: { readonly now: number; readonly verdictMinutes: number },
): RepairVerdict['kind'] {
  const minutes = figuresByMinute(windows.filter(({ start }) => start >= appliedAt));
  return judgeRepair(trial, minutes, { elapsedMs: now - appliedAt, verdictMinutes }).kind;
}
