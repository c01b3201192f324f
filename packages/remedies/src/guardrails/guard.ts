import type { Risk } from '../playbook.ts';
import { resourceKeyOf } from '../resource-key.ts';
import { settingsOf } from '../settings-of.ts';
import { isCoolSoon } from './cool-down.ts';
import type { GuardDecision, GuardRequest, GuardState, Refusal } from './guard-request.ts';
import type { GuardrailConfig } from './guardrail-config.ts';
import { allowanceFor, RAILS } from './rails.ts';

const RISKS: readonly Risk[] = ['low', 'medium', 'high'];

/** Whether a repair may go on, and how. All rails that refuse are named, so that nobody lifts one to meet the next; a cool-down, and a turn among many, are waited for where nothing else refuses. Pure. */
export function guard(request: GuardRequest, state: GuardState, config: GuardrailConfig): GuardDecision {
  const refusals = RAILS.flatMap((rail) => rail(request, state, config) ?? []);
  const isSoonOver = ({ rail }: Refusal) =>
    rail === 'blast-radius' || (rail === 'cool-down' && isCoolSoon(request, state, config));
  if (refusals.length > 0 && refusals.every(isSoonOver))
    return { kind: 'wait', reason: refusals.map(({ reason }) => reason).join(' ') };
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const other = state.inChange.find(
    ({ resourceKey, remediationId }) =>
      resourceKey === resourceKeyOf(request.change) && remediationId !== request.remediationId,
  );
  if (other !== undefined) return { kind: 'wait', reason: `${other.remediationId} changes the same resource.` };
  const holder = holderOf(request, state);
  if (holder !== undefined)
    return { kind: 'wait', reason: `${holder.remediationId} has set the same for a while, and takes it back.` };
  return { kind: 'allowed', mode: modeOf(request, config) };
}

/** Who has set, for a while, what the change would set: what is there now is not what has to be there after it. */
function holderOf({ change, remediationId }: GuardRequest, { held = [] }: GuardState) {
  const own = settingsOf(change);
  return held.find((one) => one.remediationId !== remediationId && one.settings.some((name) => own.includes(name)));
}

/** What the allow-list says, or the document; a person is asked for what is too risky. What must never be done alone is let through by nobody who did not name it: `*` fits what a later version brings, too. */
function modeOf(request: GuardRequest, config: GuardrailConfig): 'dry-run' | 'approve' | 'automatic' {
  const mode = config.mode === 'dry-run' ? 'dry-run' : (allowanceFor(request, config)?.mode ?? config.mode);
  if (mode !== 'automatic') return mode;
  const allowance = allowanceFor(request, config);
  const isApproved = allowance?.mode === 'automatic';
  if (request.isAlwaysAsked || request.approvalsNeeded > 1)
    return isApproved && allowance.playbooks.includes(request.playbook) ? 'automatic' : 'approve';
  const isTooRisky = RISKS.indexOf(request.risk) > RISKS.indexOf(config.automaticUpToRisk);
  return isTooRisky && !isApproved ? 'approve' : 'automatic';
}
