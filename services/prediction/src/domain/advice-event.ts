import type { ProvisioningAdvised } from '@lamplighter/contracts';
import { ADVICE_EVERY_MS, type ColdCalls, isOtherAdvice, type ProvisioningAdvice } from '@lamplighter/prediction';
import { resourceOf, type Subject, subjectKey } from './subject.ts';

export type AdviceEvent = ReturnType<typeof ProvisioningAdvised.parse>['data'];

/** What was last advised of a function. */
export interface ToldAdvice {
  readonly advised: AdviceEvent['advised'];
  /** Environments by the hour of the day. */
  readonly levels: readonly number[];
  readonly at: number;
  /** The cold calls that it rests on; absent in states from before they were kept. */
  readonly cold?: ColdCalls;
}

/** Whether an advice is news: another way, or another schedule; `nothing` only where something was advised before. Once a day at most. */
export function isNews({ advised, levels }: ProvisioningAdvice, told: ToldAdvice | undefined, now: number): boolean {
  if (told === undefined) return advised !== 'nothing';
  if (now - told.at < ADVICE_EVERY_MS) return false;
  return advised !== told.advised || (advised !== 'nothing' && isOtherAdvice(levels, told.levels));
}

/** An advice as the bus tells it. The id follows from the function and the time. */
export function adviceEventOf(
  subject: Subject,
  advice: ProvisioningAdvice,
  { alias: qualifier, now }: { readonly alias?: string; readonly now: number },
): AdviceEvent {
  const { functionName } = subject;
  const hasSchedule =
    advice.advised === 'provisioned-concurrency' && qualifier !== undefined && functionName !== undefined;
  return {
    adviceId: `provisioning/${subjectKey(subject).replaceAll(':', '/')}/${now}`,
    advisedAt: now,
    resource: resourceOf(subject),
    advised: advice.advised,
    options: advice.options.map(({ way, extraUsd, p99Ms, note }) => ({ way, extraUsdPerDay: extraUsd, p99Ms, note })),
    basis: { days: advice.days, coldSharePct: 100 * advice.cold.share },
    ...(hasSchedule && { schedule: { functionName, qualifier, actions: [...advice.actions] } }),
  };
}
