import type { Exemption } from '@lamplighter/coverage';
import { InputError } from '../input-error.ts';

/**
 * Exemptions of a list `[{resource, aspect?, reason, service?}]`; those of another service are left out. Throws `InputError` for anything
 * else: an exemption that is misread would hide what nobody watches.
 */
export function readExemptions(list: unknown, place: string, service?: string): readonly Exemption[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw refusal(place);
  return list.flatMap((each: unknown) => {
    const { resource, aspect, reason, service: of } = (each ?? {}) as Record<string, unknown>;
    if (typeof resource !== 'string' || typeof reason !== 'string' || reason.trim() === '') throw refusal(place);
    if (aspect !== undefined && typeof aspect !== 'string') throw refusal(place);
    if (of !== undefined && of !== service) return [];
    return [{ resource, reason, ...(aspect === undefined ? {} : { aspect }) }];
  });
}

const refusal = (place: string): InputError =>
  new InputError(
    'unreadable-exemptions',
    `${place} is no list of exemptions.`,
    'Each is {"resource": "LogicalId", "aspect": "failures", "reason": "why it need not be watched"}; aspect may be left out.',
  );
