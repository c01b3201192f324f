import type { Risk } from '../playbook.ts';
import { resourceKeyOf } from '../resource-key.ts';
import { isCoolSoon } from './cool-down.ts';
import type { GuardDecision, GuardRequest, GuardState, Refusal } from './guard-request.ts';
import type { GuardrailConfig } from './guardrail-config.ts';
import { type Held, holderOf, isSoUntil } from './held-settings.ts';
import { allowanceFor, RAILS } from './rails.ts';

const RISKS: readonly Risk[] = ['low', 'medium', 'high'];

/** Whether a repair may go on, and how. All rails that refuse are named, so that nobody lifts one to meet the next; a cool-down, and a turn among many, are waited for where nothing else refuses; nobody waits for what is so already. Pure. */
export function guard(request: GuardRequest, state: GuardState, config: GuardrailConfig): GuardDecision {
  const refusals = RAILS.flatMap((rail) => rail(request, state, config) ?? []);
  const isSoonOver = ({ rail }: Refusal) =>
    rail === 'blast-radius' || (rail === 'cool-down' && isCoolSoon(request, state, config));
  if (!refusals.every(isSoonOver)) return { kind: 'refused', refusals };
  const other = state.inChange.find(
    ({ resourceKey, remediationId }) =>
      resourceKey === resourceKeyOf(request.change) && remediationId !== request.remediationId,
  );
  const holder = holderOf(request, state);
  // What is being changed may be undone, or is being taken back.
  const until = other === undefined && holder !== undefined ? isSoUntil(request, holder, state.now) : undefined;
  if (holder !== undefined && until !== undefined)
    return { kind: 'already', reason: `It is so already, by ${holder.remediationId}, until about ${sayTime(until)}.` };
  if (refusals.length > 0) return { kind: 'wait', reason: refusals.map(({ reason }) => reason).join(' ') };
  if (other !== undefined) return { kind: 'wait', reason: `${other.remediationId} changes the same resource.` };
  if (holder !== undefined) return waitFor(holder);
  return { kind: 'allowed', mode: modeOf(request, config) };
}

const waitFor = ({ remediationId, hold }: Held): GuardDecision => ({
  kind: 'wait',
  reason: `${remediationId} has set the same for a while, and takes it back${hold ? ` at about ${sayTime(hold.until)}` : ''}.`,
  ...(hold && { until: hold.until }),
});

const sayTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

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
