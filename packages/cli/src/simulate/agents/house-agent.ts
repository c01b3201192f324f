import type { Finding } from '@lamplighter/contracts';
import {
  type Experience,
  type GuardrailConfig,
  type PlannedRemedy,
  planRemedies,
  resourceKeyOf,
  trialOf,
} from '@lamplighter/remedies';
import type { Action, Agent, TwinState } from '@lamplighter/simulator';
import { actionOfChange } from './action-of-change.ts';
import { changeBook } from './change-book.ts';
import { findingWatch } from './finding-watch.ts';
import { withOutcome } from './learn-outcome.ts';
import { repairIdOf, type TrialInTwin, verdictOn } from './repair-trial.ts';
import { twinContext } from './twin-context.ts';
import { TWIN_RAILS } from './twin-rails.ts';

const MINUTE_MS = 60_000;

/**
 * The house's own decisions in the twin: findings by packages/diagnosis, remedies, rails and verdicts by packages/remedies, as the services run them.
 * It sees windows and what the account shows, never the faults.
 */
export function houseAgent(rails: GuardrailConfig = TWIN_RAILS): Agent {
  const watch = findingWatch();
  const book = changeBook(rails);
  const tried = new Set<string>();
  let experience: readonly Experience[] = [];
  let trials: readonly TrialInTwin[] = [];
  /** Kept, but not for long. */
  let held: readonly TrialInTwin[] = [];

  return (windows, state) => {
    for (const window of windows) watch.assess(window, state);
    const undone = [...settleTrials(state), ...endHolds(state)];
    return [...undone, ...watch.open().flatMap((finding) => begin(finding, state))];
  };

  function settleTrials(state: TwinState): Action[] {
    const judged = trials.map((trial) => ({ trial, verdict: verdictOf(trial, state.now) }));
    trials = judged.filter(({ verdict }) => verdict === 'wait').map(({ trial }) => trial);
    for (const { trial, verdict } of judged) {
      if (verdict === 'wait') continue;
      const { playbook } = trial.remedy;
      const outcome = { playbook: playbook.name, findingClass: trial.finding.class, isKept: verdict === 'keep' };
      experience = withOutcome(experience, outcome);
      if (verdict === 'keep' && trial.remedy.proposal.untilMinutes !== undefined) held = [...held, trial];
    }
    return judged.filter(({ verdict }) => verdict === 'undo').flatMap(({ trial }) => takeBack(trial, state, true));
  }

  function verdictOf(trial: TrialInTwin, now: number) {
    const { verdictMinutes } = rails;
    return verdictOn(trial, watch, { now, verdictMinutes });
  }

  function endHolds(state: TwinState): Action[] {
    const isOver = ({ appliedAt, remedy }: TrialInTwin): boolean =>
      state.now >= appliedAt + remedy.proposal.untilMinutes! * MINUTE_MS;
    const over = held.filter(isOver);
    held = held.filter((one) => !isOver(one));
    return over.flatMap((trial) => takeBack(trial, state, false));
  }

  function takeBack({ remedy, step, appliedAt }: TrialInTwin, state: TwinState, wasUndone: boolean): Action[] {
    book.takeBack(remedy.proposal.change, appliedAt, wasUndone);
    const undo = step.undo(state);
    return undo === undefined ? [] : [undo];
  }

  function begin(finding: Finding, state: TwinState): Action[] {
    if (trials.some((one) => one.finding.findingId === finding.findingId)) return [];
    const context = twinContext(finding, watch, state);
    for (const remedy of planRemedies(context, experience)) {
      const remediationId = repairIdOf(finding, remedy);
      const step = actionOfChange(remedy.proposal.change, state);
      if (step === undefined || tried.has(remediationId) || !isLetIn(remedy, remediationId, state.now)) continue;
      tried.add(remediationId);
      book.note(remedy.proposal.change, remedy.proposal.costPerHourUsd, state.now);
      const trial = trialOf(remedy, context);
      trials = [...trials, { remediationId, remedy, step, finding, trial, appliedAt: state.now }];
      return [step.action];
    }
    return [];
  }

  function isLetIn(remedy: PlannedRemedy, remediationId: string, now: number): boolean {
    const inChange = [...trials, ...held].map((one) => ({
      remediationId: one.remediationId,
      resourceKey: resourceKeyOf(one.remedy.proposal.change),
    }));
    return book.isLetIn(remedy, remediationId, now, inChange);
  }
}
