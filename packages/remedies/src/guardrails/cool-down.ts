import { resourceKeyOf } from '../resource-key.ts';
import type { GuardRequest, GuardState, Rail } from './guard-request.ts';
import type { GuardrailConfig } from './guardrail-config.ts';

const MINUTE_MS = 60_000;
/** Who would have to wait longer is refused, and looked at again. */
const MOST_WAIT_MS = 3 * 60 * MINUTE_MS;

/** A resource is left alone for a while after each change of it, but for those that only let it tell more. */
export const coolDown: Rail = (request, state, config) => {
  const last = lastChange(request, state);
  if (last === undefined || remainderMs(last, state, config) <= 0) return undefined;
  const minutesAgo = Math.round(agoMs(last, state) / MINUTE_MS);
  const reason = `The same resource was changed ${minutesAgo} minutes ago; it cools down for ${config.coolDownMinutes}.`;
  return { rail: 'cool-down', reason, lift: 'Wait, or lower coolDownMinutes.' };
};

/** Whether its end is so near that it is waited for: it stands against nothing but the moment. */
export function isCoolSoon(request: GuardRequest, state: GuardState, config: GuardrailConfig): boolean {
  const last = lastChange(request, state);
  return last === undefined || remainderMs(last, state, config) <= MOST_WAIT_MS;
}

type Change = GuardState['recent'][number];

function lastChange({ change }: GuardRequest, { recent, inChange }: GuardState): Change | undefined {
  const key = resourceKeyOf(change);
  // What is being changed is waited for; whether it has to cool down is asked when it is over.
  if (inChange.some(({ resourceKey }) => resourceKey === key)) return undefined;
  return recent.find(({ resourceKey, isDiagnostic }) => resourceKey === key && isDiagnostic !== true);
}

/** Another's clock may be ahead. */
const agoMs = ({ at }: Change, { now }: GuardState): number => Math.max(0, now - at);

const remainderMs = (last: Change, state: GuardState, { coolDownMinutes }: GuardrailConfig): number =>
  coolDownMinutes * MINUTE_MS - agoMs(last, state);
