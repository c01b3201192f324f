import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { changeStored } from './change-stored.ts';
import { changeRecordOf } from './guard-request-of.ts';
import type { StepDeps } from './step-deps.ts';

export type Ending = 'kept' | 'rolled-back' | 'failed';

/** Writes down how it ended, gives the lock back, and learns from it. Safe to repeat. */
export async function recordRepair(
  remediationId: string,
  ending: Ending,
  failure: string | undefined,
  deps: StepDeps,
): Promise<void> {
  const now = deps.now();
  const stored = await changeStored(deps.remediations, remediationId, (one) => {
    if (hasEnded(one)) return undefined;
    const said = failure === undefined ? {} : { failure: failure.slice(0, 1_000) };
    return advanced(one, { state: ending, endedAt: now, ...said }, now);
  });
  const isInForce = ending === 'kept' && stored.untilMinutes === undefined;
  const at = stored.remediation.appliedAt ?? now;
  await deps.guard.release({ ...changeRecordOf(stored, at), wasUndone: ending !== 'kept', isInForce });
  if (ending !== 'failed') await deps.experience.learn(stored, ending === 'kept' ? 'kept' : 'undone');
}
