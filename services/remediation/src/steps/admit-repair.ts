import { guard } from '@lamplighter/remedies';
import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { soAlready } from '../domain/so-already.ts';
import { changeStored } from './change-stored.ts';
import { changeRecordOf, guardRequestOf } from './guard-request-of.ts';
import type { NextState, StepDeps } from './step-deps.ts';
import { waitedTooLong } from './waited-too-long.ts';

/**
 * The last look of the guardrails, and the one that counts: the repair is let in under the version of what the rails looked at, so that of two that would
 * exceed a rail together one comes again. After an approval the rails are asked anew; a person's yes lifts none of them.
 */
export async function admitRepair(remediationId: string, deps: StepDeps): Promise<NextState> {
  const now = deps.now();
  const stored = (await deps.remediations.read(remediationId))?.value;
  if (stored === undefined) return { next: 'over' };
  if (hasEnded(stored)) {
    // It may have been let in by an earlier try, whose answer was lost.
    await deps.guard.forget(changeRecordOf(stored, now));
    return { next: 'over' };
  }
  const [{ state, version }, { guardrails }, isKilled] = await Promise.all([
    deps.guard.state(now, stored.replaces),
    deps.config(),
    deps.killSwitch.isOn(),
  ]);
  if (state.inChange.some((one) => one.remediationId === remediationId)) return { next: 'admitted' };
  const decision = guard(guardRequestOf(stored, deps.home), { ...state, isKilled }, guardrails);
  if (decision.kind === 'already') {
    await changeStored(deps.remediations, remediationId, (one) =>
      hasEnded(one) ? undefined : soAlready(one, decision.reason, now),
    );
    return { next: 'over' };
  }
  const waited = decision.kind === 'wait' ? waitedTooLong(stored, decision, now) : undefined;
  const refusals = decision.kind === 'refused' ? [...decision.refusals] : waited && [waited];
  if (refusals !== undefined) {
    await changeStored(deps.remediations, remediationId, (one) =>
      hasEnded(one) ? undefined : advanced(one, { state: 'refused', refusals, endedAt: now }, now),
    );
    return { next: 'refused' };
  }
  if (decision.kind === 'wait') return { next: 'wait' };
  const admitted = await deps.guard.admit(changeRecordOf(stored, now), version);
  return { next: admitted === 'written' ? 'admitted' : 'wait' };
}
