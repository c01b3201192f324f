import { ServiceError } from '../service-error.ts';
import { type Faults, faultsSchema, PROTECTED_STAGE } from './faults-schema.ts';

/**
 * The faults of a stage after an order: the named ones are set, those given as null are lifted, all others stay. Throws
 * `REFUSED_IN_PROD`, and `FAULTS_INVALID` with the places that are wrong.
 */
export function orderedFaults(stage: string, known: unknown, order: Readonly<Record<string, unknown>>): Faults {
  if (stage === PROTECTED_STAGE)
    throw new ServiceError('REFUSED_IN_PROD', 'No fault is injected in a stage called prod.');
  const merged = Object.entries({ ...(known as object), ...order }).filter(([, fault]) => fault !== null);
  const parsed = faultsSchema.safeParse(Object.fromEntries(merged));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the order'}: ${message}`);
  throw new ServiceError('FAULTS_INVALID', places.join('; '));
}
