import type { Finding } from '@lamplighter/contracts';
import {
  figuresByMinute,
  judgeRepair,
  meterOf,
  type PlannedRemedy,
  type RepairTrial,
  type RepairVerdict,
} from '@lamplighter/remedies';
import type { TwinStep } from './action-of-change.ts';
import type { FindingWatch } from './finding-watch.ts';

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
  { trial, finding, appliedAt }: TrialInTwin,
  watch: FindingWatch,
  { now, verdictMinutes }: { readonly now: number; readonly verdictMinutes: number },
): RepairVerdict['kind'] {
  const isSince = ({ start }: { readonly start: number }): boolean => start >= appliedAt;
  const { name } = finding.resource;
  const metered = meterOf(trial) === undefined ? [] : watch.meteredOf(name).filter(isSince);
  const minutes = figuresByMinute(watch.windowsOf(name).filter(isSince), metered);
  return judgeRepair(trial, minutes, { elapsedMs: now - appliedAt, verdictMinutes }).kind;
}
