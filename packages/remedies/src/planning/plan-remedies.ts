import type { FindingClass } from '@lamplighter/contracts';
import type { Playbook, Proposal } from '../playbook.ts';
import { PLAYBOOKS } from '../playbooks/playbooks.ts';
import type { RemedyContext } from '../remedy-context.ts';

/** How often a playbook was kept, and how often undone, for a class of findings; what is long ago counts less than once. */
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

/** What could be done about a finding, and what would be proposed if it had not been undone so often. */
export interface Remedies {
  readonly remedies: PlannedRemedy[];
  readonly leftOut: readonly LeftOut[];
}

/** A playbook that would answer, with the outcomes that stand against it, aged. */
export interface LeftOut extends Pick<Experience, 'playbook' | 'kept' | 'undone'> {
  readonly expectedSuccess: number;
}

/**
 * What could be done about a finding, the best first: what is likely to help (the mean of a beta distribution over what was kept and undone), then the order
 * of the playbooks; what cannot be done as things stand comes last. Deterministic; a plan of nothing is a plan.
 */
export function remediesFor(
  context: RemedyContext,
  experience: readonly Experience[],
  playbooks: readonly Playbook[] = PLAYBOOKS,
): Remedies {
  const { finding } = context;
  const proposed = playbooks
    .filter((playbook) => isAsked(playbook, finding))
    .flatMap((playbook): PlannedRemedy[] => {
      const proposal = playbook.propose(context);
      return proposal === undefined
        ? []
        : [{ playbook, proposal, expectedSuccess: successOf(playbook, finding.class, experience) }];
    });
  const isLikely = ({ expectedSuccess }: PlannedRemedy): boolean => expectedSuccess >= LEAST_SUCCESS;
  return {
    remedies: obstaclesLast(proposed.filter(isLikely).sort((a, b) => b.expectedSuccess - a.expectedSuccess)),
    leftOut: proposed
      .filter((one) => !isLikely(one))
      .map(({ playbook, expectedSuccess }) => ({
        playbook: playbook.name,
        expectedSuccess,
        ...countsOf(playbook, finding.class, experience),
      })),
  };
}

/** The remedies alone. */
export const planRemedies = (...of: Parameters<typeof remediesFor>): PlannedRemedy[] => remediesFor(...of).remedies;

/** The same order, with what cannot be done as things stand after all that can. */
export const obstaclesLast = (remedies: readonly PlannedRemedy[]): PlannedRemedy[] =>
  [...remedies].sort((a, b) => Number(isRefused(a)) - Number(isRefused(b)));

const isRefused = ({ proposal }: PlannedRemedy): boolean => proposal.obstacle !== undefined;

/** Whether a playbook has anything to say of a finding, as it stands. */
export const isAsked = (
  { answers, afterwards }: Playbook,
  { class: kind, state }: Pick<RemedyContext['finding'], 'class' | 'state'>,
): boolean => answers.includes(kind) && (afterwards === true) === (state === 'resolved');

function successOf(...of: Parameters<typeof countsOf>): number {
  const { kept, undone } = countsOf(...of);
  return (PRIOR_KEPT + kept) / (PRIOR_KEPT + PRIOR_UNDONE + kept + undone);
}

/** What nothing verifies is kept each time: its counts tell nothing, and stay out. Tables hold such counts of earlier versions. */
function countsOf(
  { name, verifies }: Playbook,
  findingClass: FindingClass,
  experience: readonly Experience[],
): Pick<Experience, 'kept' | 'undone'> {
  const known =
    verifies === 'none'
      ? undefined
      : experience.find((one) => one.playbook === name && one.findingClass === findingClass);
  return { kept: known?.kept ?? 0, undone: known?.undone ?? 0 };
}
