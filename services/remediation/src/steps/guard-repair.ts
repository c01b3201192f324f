import { type GuardDecision, guard, type Refusal } from '@lamplighter/remedies';
import { advanced, isBefore } from '../domain/advance-remediation.ts';
import { soAlready } from '../domain/so-already.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import { tooFewApprovers } from '../domain/too-few-approvers.ts';
import { changeStored } from './change-stored.ts';
import { guardRequestOf } from './guard-request-of.ts';
import type { NextState, StepDeps } from './step-deps.ts';
import { waitedTooLong } from './waited-too-long.ts';

/** The first look of the guardrails: refused with every rail that stands against it, a dry run or what is so already, which end here, or how it goes on. What another execution makes already is left to it. */
export async function guardRepair(remediationId: string, deps: StepDeps): Promise<NextState> {
  const now = deps.now();
  const replaces = (await deps.remediations.read(remediationId))?.value.replaces;
  const [{ state }, { guardrails, approvers, approvalMinutes }, isKilled] = await Promise.all([
    deps.guard.state(now, replaces),
    deps.config(),
    deps.killSwitch.isOn(),
  ]);
  let next: NextState = { next: 'over' };
  await changeStored(deps.remediations, remediationId, (stored) => {
    next = { next: 'over' };
    if (!isBefore(stored)) return undefined;
    const decision = guard(guardRequestOf(stored, deps.home), { ...state, isKilled }, guardrails);
    const refusals = refusalsOf(stored, decision, { approvers, now });
    if (refusals !== undefined) {
      next = { next: 'refused' };
      return advanced(stored, { state: 'refused', refusals: [...refusals], endedAt: now }, now);
    }
    if (decision.kind === 'already') return soAlready(stored, decision.reason, now);
    next = { next: decision.kind === 'allowed' ? decision.mode : 'wait' };
    if (decision.kind !== 'allowed') return undefined;
    if (decision.mode !== 'dry-run')
      return stored.remediation.mode === decision.mode ? undefined : withMode(stored, decision.mode);
    return advanced(stored, { state: 'dry-run-ended', mode: 'dry-run', endedAt: now }, now);
  });
  // A little longer than the approval lives, so that what comes in its last second is still heard.
  return { ...next, approvalSeconds: Math.ceil(approvalMinutes * 60) + 60 };
}

/** What stands against it for good, or has for too long. */
function refusalsOf(
  stored: StoredRemediation,
  decision: GuardDecision,
  { approvers, now }: { readonly approvers: readonly unknown[]; readonly now: number },
): readonly Refusal[] | undefined {
  if (decision.kind === 'refused') return decision.refusals;
  if (decision.kind === 'already') return undefined;
  const one =
    decision.kind === 'wait'
      ? waitedTooLong(stored, decision, now)
      : tooFewApprovers(stored.remediation, decision.mode, approvers.length);
  return one && [one];
}

const withMode = <T extends { remediation: { mode: 'dry-run' | 'approve' | 'automatic' } }>(
  stored: T,
  mode: T['remediation']['mode'],
): T => ({
  ...stored,
  remediation: { ...stored.remediation, mode },
});
