import { ProvisioningAdvised } from '@lamplighter/contracts';
import { adviseProvisioning } from '@lamplighter/prediction';
import { adviceEventOf, isNews } from '../domain/advice-event.ts';
import type { Subject } from '../domain/subject.ts';
import type { AliasPort } from '../ports.ts';
import type { Known } from './read-settings.ts';

/**
 * Whether environments of a function should be kept ready by the clock; nothing where that is no news, or where its alias cannot be asked for: then it is
 * told in the next hour.
 */
export async function newAdvice(
  subject: Subject,
  { state, settings, advice: before }: Known,
  { alias: aliasOf, now }: { readonly alias: AliasPort; readonly now: number },
) {
  const { memoryMb, architecture, provisionedConcurrency = 0 } = settings;
  if (subject.functionName === undefined || memoryMb === undefined || architecture === undefined) return undefined;
  const advice = adviseProvisioning(state.load, {
    memoryMb,
    architecture,
    isProvisioned: provisionedConcurrency > 0,
    ...(before !== undefined && { before }),
  });
  if (advice === undefined || !isNews(advice, before, now)) return undefined;
  const named = advice.advised === 'nothing' ? {} : await aliasOf(subject);
  if (named === undefined) return undefined;
  const event = adviceEventOf(subject, advice, { ...named, now });
  return {
    told: { advised: advice.advised, levels: advice.levels, at: now, cold: advice.cold },
    entry: ProvisioningAdvised.entry(event, event.adviceId),
  };
}
