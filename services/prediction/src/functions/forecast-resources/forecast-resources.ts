import { ForecastPublished } from '@lamplighter/contracts';
import { LamplighterError, type StructuredLogger } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { type AccountIdentity, accountKey } from '../../domain/subject.ts';
import { type CapacityFailure, NOT_ALL_WATCHED } from '../../ports.ts';
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
  const failed = await predictCapacity(own, deps);
  const [lasting, broken] = [failed.filter(isLasting), failed.filter((one) => !isLasting(one))];
  for (const { what, error } of lasting)
    logger.warn('may not be looked at, or not wholly, and is not forecast', { what, error });
  for (const { what, error } of broken) logger.error('was not forecast; it is looked at again', { what, error });
  if (broken.length > 0)
    throw new LamplighterError('FIGURES_NOT_FORECAST', `${broken.length} figures were not forecast.`);
}

/** Who asks again is told the same again. The names of what is denied in JSON and in query protocols. */
const LASTING = ['AccessDeniedException', 'AccessDenied', NOT_ALL_WATCHED];
const isLasting = ({ error }: CapacityFailure): boolean => LASTING.includes(error.name);
