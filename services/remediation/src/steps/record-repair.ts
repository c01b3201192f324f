import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import { changeStored } from './change-stored.ts';
import { changeRecordOf } from './guard-request-of.ts';
import type { StepDeps } from './step-deps.ts';

export type Ending = 'kept' | 'rolled-back' | 'failed' | 'withdrawn';

const STATE_AFTER = { kept: 'kept', 'rolled-back': 'rolled-back', failed: 'failed', withdrawn: 'rolled-back' } as const;

/** Writes down how it ended, gives the lock back, and learns from it. Safe to repeat. */
export async function recordRepair(
  remediationId: string,
  ending: Ending,
  said: string | undefined,
  deps: StepDeps,
): Promise<void> {
  const now = deps.now();
  const stored = await changeStored(deps.remediations, remediationId, (one) => {
    if (isOver(one, ending)) return undefined;
    return advanced(one, { state: STATE_AFTER[ending], endedAt: now, ...wordsOf(ending, said) }, now);
  });
  const record = changeRecordOf(stored, stored.remediation.appliedAt ?? now);
  // Its time was over: it was no mistake.
  if (ending === 'withdrawn') return deps.guard.release({ ...record, isInForce: false });
  const isInForce = ending === 'kept' && stored.untilMinutes === undefined;
  await deps.guard.release({ ...record, wasUndone: ending !== 'kept', isInForce });
  if (ending !== 'failed') await deps.experience.learn(stored, ending === 'kept' ? 'kept' : 'undone');
}

/** What was kept may still be withdrawn, or fail to be. */
const isOver = (stored: StoredRemediation, ending: Ending): boolean =>
  stored.remediation.state === 'kept' ? ending === 'kept' : hasEnded(stored);

function wordsOf(ending: Ending, said: string | undefined): { withdrawn?: string; failure?: string } {
  if (said === undefined) return {};
  return ending === 'withdrawn' ? { withdrawn: said.slice(0, 1_000) } : { failure: said.slice(0, 1_000) };
}
