import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { guard, isAsked, isForNow, PLAYBOOKS, playbookNamed, remediesFor } from '@lamplighter/remedies';
import { hasEnded, mayBeRefused } from '../../domain/advance-remediation.ts';
import { endOfAdvice, expired } from '../../domain/end-of-advice.ts';
import { elsewhere, type Home } from '../../domain/home.ts';
import { planOf } from '../../domain/plan-of.ts';
import type { RemediationConfig } from '../../domain/remediation-config.ts';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import { isUntried, sameOf, wasRefusedForNow } from '../../domain/untried.ts';
import type {
  Advised,
  AdviserPort,
  ConfigPort,
  ContextPort,
  ExperiencePort,
  FindingPort,
  GuardPort,
  KillSwitchPort,
  RemediationPort,
  StartExecutionPort,
} from '../../ports.ts';
import { changeStored } from '../../steps/change-stored.ts';
import { guardRequestOf } from '../../steps/guard-request-of.ts';

export interface PlanRemediationDeps {
  readonly remediations: RemediationPort;
  readonly findings: FindingPort;
  readonly experience: ExperiencePort;
  readonly context: ContextPort;
  readonly adviser: AdviserPort;
  readonly config: ConfigPort;
  readonly guard: Pick<GuardPort, 'state'>;
  readonly killSwitch: Pick<KillSwitchPort, 'isOn'>;
  readonly start: StartExecutionPort;
  readonly logger: Pick<StructuredLogger, 'info'>;
  readonly home: Home;
  readonly now: () => number;
}

/** `later`: what stands against it passes by itself; come again. */
export type Planned = 'done' | 'later';

/** How old an event is, and whether it was held back by a guardrail since. */
export interface EventAge {
  readonly publishedAt: number;
  readonly isHeld: boolean;
}

/** The queue tries an event ten times, every three minutes: what is older lay somewhere, and says nothing of now. */
const MOST_TRIED_MS = 40 * 60_000;
/** A freeze may last from Friday to Monday. */
const MOST_HELD_MS = 4 * 86_400_000;

/**
 * What could be done about a finding: the best remedy that was not tried, stored, then started. One at a time for a finding; the next one when the
 * finding changes after the first was undone, and the same one once more where an obstacle stood against it, or a guardrail for the moment, and is gone. Safe
 * to repeat: the same plan has the same name, and starts once. What still waits when the finding is over is not made any more, and an event that is older than
 * another one of its finding, or than the queue's tries, leads to nothing. As long as a guardrail may still refuse a repair for the moment, its event is to come again.
 */
export async function planRemediation(detail: unknown, deps: PlanRemediationDeps, age: EventAge): Promise<Planned> {
  const { finding } = AnomalyDetected.parse(detail).data;
  if (!isAnswered(finding) || (await isSuperseded(finding, deps))) return 'done';
  const known = await deps.remediations.ofFinding(finding.findingId);
  const isOpen = finding.state === 'open';
  const earlier = isOpen ? known : await Promise.all(known.map((one) => expireUnneeded(one, deps)));
  const running = earlier.find((one) => !hasEnded(one));
  // Stored, but perhaps not started: whoever stored it may have died.
  if (running?.remediation.state === 'planned') await deps.start(running.remediation.remediationId);
  if (running !== undefined && isOpen) return mayBeRefused(running) ? 'later' : 'done';
  // What is left behind is cleared up even where the repair itself still runs.
  if (!isForRepair(finding) || isTooOld(finding, age, deps) || isElsewhere(finding, deps)) return 'done';
  if (!isOpen) {
    await planBest(finding, earlier, deps);
    return 'done';
  }
  return (await withoutPlanning(earlier, age, deps)) ?? planBest(finding, earlier, deps);
}

/** What was refused for the moment is asked about as it was planned: nothing else is read, and nobody told, until the rails let it through. What was held for a repair that ended otherwise is done with. */
async function withoutPlanning(
  earlier: readonly StoredRemediation[],
  { isHeld }: EventAge,
  deps: PlanRemediationDeps,
): Promise<Planned | undefined> {
  const [newest] = [...earlier].sort((a, b) => b.remediation.plannedAt - a.remediation.plannedAt);
  if (newest === undefined) return undefined;
  if (!wasRefusedForNow(newest)) return isHeld ? 'done' : undefined;
  const { guardrails } = await deps.config();
  return (await isRefusedForNow(newest, guardrails, deps)) ? 'later' : undefined;
}

/** `later` where anything was planned: what a guardrail says of it is seen then. */
async function planBest(
  finding: Finding,
  earlier: readonly StoredRemediation[],
  deps: PlanRemediationDeps,
): Promise<Planned> {
  const context = await deps.context(finding, deps.now());
  const { remedies, leftOut } = remediesFor(context, await deps.experience.all());
  for (const { playbook, ...counts } of leftOut)
    deps.logger.info('a playbook is left out: it was undone too often for such findings', {
      findingId: finding.findingId,
      playbook,
      ...counts,
      lift: 'It is asked again as its outcomes age; at once where its row of EXPERIENCE is deleted from the remediation table.',
    });
  const untried = remedies.filter((remedy) => isUntried(remedy, earlier));
  const { remedies: advised, advice } = await deps.adviser(finding, untried);
  const [best] = advised;
  if (best === undefined) return 'done';
  const { guardrails } = await deps.config();
  const same = sameOf(best, earlier).length;
  const plan = advisedBy(advice, planOf(best, context, guardrails, same));
  if (same > 0 && (await isRefusedForNow(plan, guardrails, deps))) return 'later';
  if ((await deps.remediations.write(plan, 0)) === 'written') await startUnlessOver(plan, deps);
  return 'later';
}

const advisedBy = (adviser: Advised['advice'], plan: StoredRemediation): StoredRemediation =>
  adviser === undefined ? plan : { ...plan, remediation: { ...plan.remediation, adviser } };

async function isRefusedForNow(
  plan: StoredRemediation,
  guardrails: RemediationConfig['guardrails'],
  deps: PlanRemediationDeps,
): Promise<boolean> {
  const [{ state }, isKilled] = await Promise.all([deps.guard.state(deps.now()), deps.killSwitch.isOn()]);
  const decision = guard(guardRequestOf(plan, deps.home), { ...state, isKilled }, guardrails);
  return decision.kind === 'refused' && isForNow(decision.refusals);
}

/** Its end may have come while it was planned, and found nothing to expire. */
async function startUnlessOver(plan: StoredRemediation, deps: PlanRemediationDeps): Promise<void> {
  const { findingId } = plan.remediation;
  const isOver = (await deps.findings.newest(findingId))?.isOver === true;
  const { remediation } = isOver ? await expireUnneeded(plan, deps) : plan;
  if (remediation.state === 'planned') await deps.start(remediation.remediationId);
}

async function isSuperseded(
  { findingId, revision, state, updatedAt }: Finding,
  deps: PlanRemediationDeps,
): Promise<boolean> {
  const isOver = state === 'resolved';
  const newest = await deps.findings.note({ findingId, revision, isOver }, deps.now());
  if (newest.revision === revision && newest.isOver === isOver) return false;
  const about = { findingId, revision, updatedAt, newest };
  deps.logger.info('an event of a finding is ignored: a newer one came before it', about);
  return true;
}

/** Nothing of it is read: what has its name here is another one. */
function isElsewhere({ findingId, resource }: Finding, { home, logger }: PlanRemediationDeps): boolean {
  const away = elsewhere(resource, home);
  if (away === undefined) return false;
  logger.info('a finding is of another account or region, and is not planned for', {
    findingId,
    rail: 'elsewhere',
    reason: `${resource.name} is of ${away}.`,
    lift: 'Deploy Lamplighter there.',
  });
  return true;
}

function isTooOld({ findingId }: Finding, { publishedAt, isHeld }: EventAge, deps: PlanRemediationDeps): boolean {
  const ageMs = deps.now() - publishedAt;
  if (ageMs <= (isHeld ? MOST_HELD_MS : MOST_TRIED_MS)) return false;
  deps.logger.info('an event of a finding is too old to be planned for: its next change is', { findingId, ageMs });
  return true;
}

/** A yes that comes after what it was asked for is over would change what is well. What clears up afterwards is asked about after the end. */
async function expireUnneeded(
  stored: StoredRemediation,
  { remediations, now }: PlanRemediationDeps,
): Promise<StoredRemediation> {
  const { remediationId, playbook } = stored.remediation;
  if (playbookNamed(playbook)?.afterwards || endOfAdvice(stored) !== 'expire') return stored;
  return changeStored(remediations, remediationId, (one) => expired(one, now()));
}

const isAnswered = (finding: Finding): boolean => PLAYBOOKS.some(({ answers }) => answers.includes(finding.class));

const isForRepair = (finding: Finding): boolean => PLAYBOOKS.some((playbook) => isAsked(playbook, finding));
