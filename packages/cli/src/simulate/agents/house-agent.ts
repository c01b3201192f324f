import type { Finding } from '@lamplighter/contracts';
import {
  type Experience,
  type GuardrailConfig,
  isAsked,
  PLAYBOOKS,
  type PlannedRemedy,
  type RemedyContext,
  remediesFor,
  resourceKeyOf,
  trialOf,
} from '@lamplighter/remedies';
import type { Action, Agent, TwinState } from '@lamplighter/simulator';
import { actionOfChange } from './action-of-change.ts';
import { type AgentDiary, ANY_PLAYBOOK, agentDiary, NOT_IN_TWIN } from './agent-diary.ts';
import { changeBook } from './change-book.ts';
import { findingWatch } from './finding-watch.ts';
import { withOutcome } from './learn-outcome.ts';
import { repairIdOf, type TrialInTwin, verdictOn } from './repair-trial.ts';
import { twinContext } from './twin-context.ts';
import { TWIN_RAILS } from './twin-rails.ts';

const MINUTE_MS = 60_000;

/**
 * The house's own decisions in the twin: findings by packages/diagnosis, remedies, rails and verdicts by packages/remedies, as the services run them.
 * It sees windows and what the account shows, never the faults. What it found, did and left alone is in the diary.
 */
export function houseAgent(rails: GuardrailConfig = TWIN_RAILS, diary: AgentDiary = agentDiary()): Agent {
  const watch = findingWatch();
  const book = changeBook(rails);
  const tried = new Set<string>();
  let experience: readonly Experience[] = [];
  let trials: readonly TrialInTwin[] = [];
  /** Kept, but not for long. */
  let held: readonly TrialInTwin[] = [];

  return (windows, state) => {
    for (const window of windows) watch.assess(window, state);
    diary.look(watch.open(), state.now);
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
      diary.settled(trial.finding.findingId, trial.appliedAt, verdict === 'keep' ? 'kept' : 'undone');
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
    for (const { finding, appliedAt } of over) diary.settled(finding.findingId, appliedAt, 'over');
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
    const { remedies, leftOut } = remediesFor(context, experience);
    for (const { playbook, undone, kept } of leftOut)
      diary.withheld(finding.findingId, playbook, `undone ${undone} times and kept ${kept}, so not tried again`);
    if (remedies.length + leftOut.length === 0) diary.withheld(finding.findingId, ANY_PLAYBOOK, whyNone(finding));
    for (const remedy of remedies) {
      const action = make(remedy, context, state);
      if (action !== undefined) return [action];
    }
    return [];
  }

  /** Undefined where it was made before, or may not or cannot be made. */
  function make(remedy: PlannedRemedy, context: RemedyContext, state: TwinState): Action | undefined {
    const { finding } = context;
    const { playbook, proposal } = remedy;
    const remediationId = repairIdOf(finding, remedy);
    if (tried.has(remediationId)) return undefined;
    const step = actionOfChange(proposal.change, state);
    const reason = step === undefined ? NOT_IN_TWIN : refusalOf(remedy, remediationId, state.now);
    if (step === undefined || reason !== undefined) {
      diary.withheld(finding.findingId, playbook.name, reason ?? NOT_IN_TWIN);
      return undefined;
    }
    tried.add(remediationId);
    book.note(proposal.change, proposal.costPerHourUsd, state.now);
    diary.applied(finding.findingId, { playbook: playbook.name, title: proposal.title, at: state.now });
    const trial = trialOf(remedy, context);
    trials = [...trials, { remediationId, remedy, step, finding, trial, appliedAt: state.now }];
    return step.action;
  }

  function refusalOf(remedy: PlannedRemedy, remediationId: string, now: number): string | undefined {
    const inChange = [...trials, ...held].map((one) => ({
      remediationId: one.remediationId,
      resourceKey: resourceKeyOf(one.remedy.proposal.change),
    }));
    return book.refusalOf(remedy, remediationId, now, inChange);
  }
}

function whyNone(finding: Finding): string {
  const asked = PLAYBOOKS.filter((playbook) => isAsked(playbook, finding)).map(({ name }) => name);
  return asked.length === 0
    ? `no playbook answers ${finding.class}`
    : `no repair fits: nothing to change for ${asked.join(', ')}`;
}
