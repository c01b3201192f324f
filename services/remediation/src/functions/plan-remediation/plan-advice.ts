import { ProvisioningAdvised } from '@lamplighter/contracts';
import { type AdvisedSchedule, planRemedies, playbookNamed } from '@lamplighter/remedies';
import { hasEnded } from '../../domain/advance-remediation.ts';
import { type Advice, advisedFinding } from '../../domain/advised-finding.ts';
import { endOfAdvice, expired } from '../../domain/end-of-advice.ts';
import { elsewhere } from '../../domain/home.ts';
import { planOf } from '../../domain/plan-of.ts';
import { inPlaceOf, replaceable, withoutReplaced } from '../../domain/replacing.ts';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import type { WithdrawPort } from '../../ports.ts';
import { changeStored } from '../../steps/change-stored.ts';
import type { Planned, PlanRemediationDeps } from './plan-remediation.ts';

export interface PlanAdviceDeps
  extends Pick<
    PlanRemediationDeps,
    'remediations' | 'experience' | 'context' | 'config' | 'start' | 'home' | 'logger' | 'now'
  > {
  readonly withdraw: WithdrawPort;
}

/** An advice changes once a day at most: one that is older may have been taken back since, in whatever order the two arrive. */
const FRESH_MS = 24 * 60 * 60_000;
const PLAYBOOK = 'provisioned-schedule';

/**
 * What the prediction advises, as a repair by the schedule's playbook. What follows an earlier advice on the same resource is ended first: expired where it
 * waits, undone where it was kept; but a schedule that the next one can replace stays until that one is kept. Safe to repeat: one advice is one repair, which
 * starts once. `later`: an earlier advice's schedule is being undone; come again when it is.
 */
export async function planAdvice(detail: unknown, deps: PlanAdviceDeps): Promise<Planned> {
  const advice = ProvisioningAdvised.parse(detail).data;
  const earlier = await deps.remediations.ofFinding(advisedFinding(advice).findingId);
  const own = earlier.find(({ advisedAt }) => advisedAt === advice.advisedAt);
  // Stored, but perhaps not started: whoever stored it may have died.
  if (own !== undefined && !hasEnded(own)) await deps.start(own.remediation.remediationId);
  const over = earlier.filter(({ advisedAt = 0 }) => advisedAt < advice.advisedAt);
  const isFresh = deps.now() - advice.advisedAt < FRESH_MS;
  const advised = scheduleIn(advice);
  const replaced = advised && (own !== undefined || isFresh) ? replaceable(over, advised) : undefined;
  const ends = await Promise.all(over.filter((one) => one !== replaced).map((one) => endAdvised(one, deps)));
  if (ends.includes('later')) return 'later';
  if (own === undefined && isFresh && advised && !isElsewhere(advice, deps))
    await planFor(advice, { advised, replaced }, deps);
  return 'done';
}

async function endAdvised(stored: StoredRemediation, deps: PlanAdviceDeps): Promise<Planned> {
  const { remediationId } = stored.remediation;
  const now = deps.now();
  const latest =
    endOfAdvice(stored) === 'expire'
      ? await changeStored(deps.remediations, remediationId, (one) => expired(one, now))
      : stored;
  const end = endOfAdvice(latest);
  if (end === 'none') return 'done';
  if (end === 'withdraw') await deps.withdraw(remediationId, now);
  return 'later';
}

interface Advised {
  readonly advised: AdvisedSchedule;
  readonly replaced: StoredRemediation | undefined;
}

async function planFor(advice: Advice, { advised, replaced }: Advised, deps: PlanAdviceDeps): Promise<void> {
  const playbook = playbookNamed(PLAYBOOK);
  if (playbook === undefined) return;
  const found = await deps.context(advisedFinding(advice), deps.now());
  const context = { ...(replaced === undefined ? found : withoutReplaced(found, replaced)), advised };
  const [planned] = planRemedies(context, await deps.experience.all(), [playbook]);
  if (planned === undefined) return;
  const { guardrails } = await deps.config();
  const alone = { ...planOf(planned, context, guardrails), advisedAt: advice.advisedAt };
  const plan = replaced === undefined ? alone : inPlaceOf(replaced, alone);
  if ((await deps.remediations.write(plan, 0)) === 'written') await deps.start(plan.remediation.remediationId);
}

/** Aliases here that are called the same are others. */
function isElsewhere({ resource }: Advice, { home, logger }: PlanAdviceDeps): boolean {
  const away = elsewhere(resource, home);
  if (away !== undefined)
    logger.info('an advice is of another account or region, and is not planned for', {
      rail: 'elsewhere',
      reason: `${resource.name} is of ${away}.`,
      lift: 'Deploy Lamplighter there.',
    });
  return away !== undefined;
}

function scheduleIn({ schedule, options, advised }: Advice): AdvisedSchedule | undefined {
  const price = options.find(({ way }) => way === 'provisioned-concurrency')?.extraUsdPerDay;
  const isAdvised = advised === 'provisioned-concurrency' && schedule !== undefined && price !== undefined;
  return isAdvised ? { ...schedule, extraUsdPerDay: price } : undefined;
}
