import { guard } from '@lamplighter/remedies';
import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { changeStored } from './change-stored.ts';
import { guardRequestOf } from './guard-request-of.ts';
import type { NextState, StepDeps } from './step-deps.ts';
import { waitedTooLong } from './waited-too-long.ts';

/** The first look of the guardrails: refused with every rail that stands against it, a dry run that ends here, or how it goes on. */
export async function guardRepair(remediationId: string, deps: StepDeps): Promise<NextState> {
  const now = deps.now();
  const replaces = (await deps.remediations.read(remediationId))?.value.replaces;
  const [{ state }, { guardrails, approvalMinutes }, isKilled] = await Promise.all([
    deps.guard.state(now, replaces),
    deps.config(),
    deps.killSwitch.isOn(),
  ]);
  let next: NextState = { next: 'over' };
  await changeStored(deps.remediations, remediationId, (stored) => {
    if (hasEnded(stored)) {
      next = { next: 'over' };
      return undefined;
    }
    const decision = guard(guardRequestOf(stored, deps.home), { ...state, isKilled }, guardrails);
    switch (decision.kind) {
      case 'refused':
        next = { next: 'refused' };
        return advanced(stored, { state: 'refused', refusals: [...decision.refusals], endedAt: now }, now);
      case 'wait': {
        const refusal = waitedTooLong(stored, decision.reason, now);
        next = { next: refusal === undefined ? 'wait' : 'refused' };
        return refusal && advanced(stored, { state: 'refused', refusals: [refusal], endedAt: now }, now);
      }
      case 'allowed':
        next = { next: decision.mode };
        if (decision.mode !== 'dry-run')
          return stored.remediation.mode === decision.mode ? undefined : withMode(stored, decision.mode);
        return advanced(stored, { state: 'dry-run-ended', mode: 'dry-run', endedAt: now }, now);
    }
  });
  // A little longer than the approval lives, so that what comes in its last second is still heard.
  return { ...next, approvalSeconds: Math.ceil(approvalMinutes * 60) + 60 };
}

const withMode = <T extends { remediation: { mode: 'dry-run' | 'approve' | 'automatic' } }>(
  stored: T,
  mode: T['remediation']['mode'],
): T => ({
  ...stored,
  remediation: { ...stored.remediation, mode },
});
