import type { Risk } from '../playbook.ts';
import { resourceKeyOf } from '../resource-key.ts';
import { isCoolSoon } from './cool-down.ts';
import type { GuardDecision, GuardRequest, GuardState } from './guard-request.ts';
import type { GuardrailConfig } from './guardrail-config.ts';
import { allowanceFor, RAILS } from './rails.ts';

const RISKS: readonly Risk[] = ['low', 'medium', 'high'];

/** Whether a repair may go on, and how. All rails that refuse are named, so that nobody lifts one to meet the next; a cool-down alone is waited for. Pure. */
export function guard(request: GuardRequest, state: GuardState, config: GuardrailConfig): GuardDecision {
  const refusals = RAILS.flatMap((rail) => rail(request, state, config) ?? []);
  const [first, ...others] = refusals;
  if (first?.rail === 'cool-down' && others.length === 0 && isCoolSoon(request, state, config))
    return { kind: 'wait', reason: first.reason };
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const other = state.inChange.find(
    ({ resourceKey, remediationId }) =>
      resourceKey === resourceKeyOf(request.change) && remediationId !== request.remediationId,
  );
  if (other !== undefined) return { kind: 'wait', reason: `${other.remediationId} changes the same resource.` };
  return { kind: 'allowed', mode: modeOf(request, config) };
}

/** What the allow-list says, or the document; a person is asked for what is too risky, or must never be done alone. */
function modeOf(request: GuardRequest, config: GuardrailConfig): 'dry-run' | 'approve' | 'automatic' {
  const mode = config.mode === 'dry-run' ? 'dry-run' : (allowanceFor(request, config)?.mode ?? config.mode);
  if (mode !== 'automatic') return mode;
  const isTooRisky = RISKS.indexOf(request.risk) > RISKS.indexOf(config.automaticUpToRisk);
  const isApprovedByPolicy = allowanceFor(request, config)?.mode === 'automatic';
  return (isTooRisky || request.isAlwaysAsked) && !isApprovedByPolicy ? 'approve' : 'automatic';
}
