import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import { isAsked, PLAYBOOKS, type PlannedRemedy, planRemedies, playbookNamed } from '@lamplighter/remedies';
import { hasEnded } from '../../domain/advance-remediation.ts';
import { endOfAdvice, expired } from '../../domain/end-of-advice.ts';
import { planOf } from '../../domain/plan-of.ts';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import type {
  AdviserPort,
  ConfigPort,
  ContextPort,
  ExperiencePort,
  RemediationPort,
  StartExecutionPort,
} from '../../ports.ts';
import { changeStored } from '../../steps/change-stored.ts';

export interface PlanRemediationDeps {
  readonly remediations: RemediationPort;
  readonly experience: ExperiencePort;
  readonly context: ContextPort;
  readonly adviser: AdviserPort;
  readonly config: ConfigPort;
  readonly start: StartExecutionPort;
  readonly now: () => number;
}

/**
 * What could be done about a finding: the best remedy that was not tried on it, stored, then started. One at a time for a finding; the next one when the
 * finding changes after the first was undone, and the same one once more where an obstacle stood against it and is gone. Safe to repeat: the same plan has the
 * same name, and starts once. What still waits when the finding is over is not made any more.
 */
export async function planRemediation(detail: unknown, deps: PlanRemediationDeps): Promise<void> {
  const { finding } = AnomalyDetected.parse(detail).data;
  const known = await deps.remediations.ofFinding(finding.findingId);
  const earlier =
    finding.state === 'resolved' ? await Promise.all(known.map((one) => expireUnneeded(one, deps))) : known;
  const running = earlier.find((one) => !hasEnded(one));
  // Stored, but perhaps not started: whoever stored it may have died.
  if (running !== undefined) await deps.start(running.remediation.remediationId);
  // What is left behind is cleared up even where the repair itself still runs.
  if ((running !== undefined && finding.state === 'open') || !isForRepair(finding)) return;
  const context = await deps.context(finding, deps.now());
  const untried = planRemedies(context, await deps.experience.all()).filter((remedy) => isUntried(remedy, earlier));
  const [best] = await deps.adviser(finding, untried);
  if (best === undefined) return;
  const { guardrails } = await deps.config();
  const plan = planOf(best, context, guardrails, sameOf(best, earlier).length);
  if ((await deps.remediations.write(plan, 0)) === 'written') await deps.start(plan.remediation.remediationId);
}

/** A yes that comes after what it was asked for is over would change what is well. What clears up afterwards is asked about after the end. */
async function expireUnneeded(stored: StoredRemediation, { remediations, now }: PlanRemediationDeps) {
  const { remediationId, playbook } = stored.remediation;
  if (playbookNamed(playbook)?.afterwards || endOfAdvice(stored) !== 'expire') return stored;
  return changeStored(remediations, remediationId, (one) => expired(one, now()));
}

const sameOf = ({ playbook }: PlannedRemedy, earlier: readonly StoredRemediation[]): StoredRemediation[] =>
  earlier.filter(({ remediation }) => remediation.playbook === playbook.name);

/** Tries of a playbook that ended before they changed anything: somebody has to look at why. */
const MOST_UNTOUCHED = 3;

/** Never planned, or without having changed anything: with an obstacle that is gone, or ended by a failure of its own machinery, which is tried thrice. */
function isUntried(remedy: PlannedRemedy, earlier: readonly StoredRemediation[]): boolean {
  const same = sameOf(remedy, earlier);
  const untouched = same.filter(({ remediation }) => remediation.untouched).length;
  const isUnchanged = same.every(({ obstacle, remediation }) => obstacle !== undefined || remediation.untouched);
  const isAgain = remedy.proposal.obstacle === undefined && isUnchanged && untouched < MOST_UNTOUCHED;
  return same.length === 0 || isAgain;
}

const isForRepair = (finding: Finding): boolean => PLAYBOOKS.some((playbook) => isAsked(playbook, finding));
