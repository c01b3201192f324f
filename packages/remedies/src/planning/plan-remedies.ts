import type { FindingClass } from '@lamplighter/contracts';
import type { Playbook, Proposal } from '../playbook.ts';
import { PLAYBOOKS } from '../playbooks/playbooks.ts';
import type { RemedyContext } from '../remedy-context.ts';

/** How often a playbook was kept, and how often undone, for a class of findings. */
export interface Experience {
  readonly playbook: string;
  readonly findingClass: FindingClass;
  readonly kept: number;
  readonly undone: number;
}

/** A playbook that fits a finding, and what it would do. */
export interface PlannedRemedy {
  readonly playbook: Playbook;
  readonly proposal: Proposal;
  /** Expected share of success, 0 to 1. */
  readonly expectedSuccess: number;
}

/** Before anything was learnt, a playbook is taken to help two times out of three. */
const PRIOR_KEPT = 2;
const PRIOR_UNDONE = 1;
/** What failed so often is not proposed again by itself. */
const LEAST_SUCCESS = 0.3;

/**
 * What could be done about a finding, the best first: what is likely to help (the mean of a beta distribution over what was kept and undone), then the order
 * of the playbooks; what cannot be done as things stand comes last. Deterministic; a plan of nothing is a plan.
 */
export function planRemedies(
  context: RemedyContext,
  experience: readonly Experience[],
  playbooks: readonly Playbook[] = PLAYBOOKS,
): PlannedRemedy[] {
  const { finding } = context;
  return playbooks
    .filter((playbook) => isAsked(playbook, finding))
    .flatMap((playbook): PlannedRemedy[] => {
      const proposal = playbook.propose(context);
      const expectedSuccess = successOf(playbook, finding.class, experience);
      return proposal === undefined || expectedSuccess < LEAST_SUCCESS ? [] : [{ playbook, proposal, expectedSuccess }];
    })
    .sort((a, b) => Number(isRefused(a)) - Number(isRefused(b)) || b.expectedSuccess - a.expectedSuccess);
}

const isRefused = ({ proposal }: PlannedRemedy): boolean => proposal.obstacle !== undefined;

/** Whether a playbook has anything to say of a finding, as it stands. */
export const isAsked = (
  { answers, afterwards }: Playbook,
  { class: kind, state }: Pick<RemedyContext['finding'], 'class' | 'state'>,
): boolean => answers.includes(kind) && (afterwards === true) === (state === 'resolved');

/** What nothing verifies is kept each time: its counts tell nothing, and stay out. Tables hold such counts of earlier versions. */
function successOf(
  { name, verifies }: Playbook,
  findingClass: FindingClass,
  experience: readonly Experience[],
): number {
  const known =
    verifies === 'none'
      ? undefined
      : experience.find((one) => one.playbook === name && one.findingClass === findingClass);
  const [kept, undone] = [known?.kept ?? 0, known?.undone ?? 0];
  return (PRIOR_KEPT + kept) / (PRIOR_KEPT + PRIOR_UNDONE + kept + undone);
}
