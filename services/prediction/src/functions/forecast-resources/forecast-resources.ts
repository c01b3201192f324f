import { ForecastPublished } from '@lamplighter/contracts';
import { LamplighterError, type StructuredLogger } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { type AccountIdentity, accountKey, subjectKey } from '../../domain/subject.ts';
import { type CapacityDeps, predictCapacity } from '../../predict/predict-capacity.ts';

const BusEvent = z.object({ detail: z.unknown() });

/**
 * The account's own forecast, which comes every five minutes while its functions work, says when to look at what they use. Of other accounts and regions nothing
 * can be asked. @throws LamplighterError `FIGURES_NOT_FORECAST`, and the event comes again
 */
export async function forecastResources(
  event: unknown,
  { own, ...deps }: CapacityDeps & { readonly own: AccountIdentity },
  logger: StructuredLogger,
): Promise<void> {
  const { resource } = ForecastPublished.parse(BusEvent.parse(event).detail).data;
  if (accountKey(resource) !== accountKey(own)) return;
  const broken = await predictCapacity(own, deps);
  for (const { subject, error } of broken)
    logger.error('a figure was not forecast; it is looked at again', { subject: subjectKey(subject), error });
  if (broken.length > 0)
    throw new LamplighterError('FIGURES_NOT_FORECAST', `${broken.length} figures were not forecast.`);
}
