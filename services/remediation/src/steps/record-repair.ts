import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { originalSnapshot } from '../domain/original-snapshot.ts';
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
  const replaced = ending === 'kept' ? await replacedBy(remediationId, deps) : undefined;
  const stored = await changeStored(deps.remediations, remediationId, (one) => {
    if (isOver(one, ending)) return undefined;
    const isTakenBack = ending === 'kept' && one.untilMinutes !== undefined;
    const end = { endedAt: now, ...wordsOf(ending, said), ...(isTakenBack && { takenBack: true as const }) };
    const over = advanced(one, { state: STATE_AFTER[ending], ...end }, now);
    return replaced === undefined ? over : { ...over, snapshot: originalSnapshot(replaced, over) };
  });
  if (replaced !== undefined) await endReplaced(replaced, deps);
  const record = changeRecordOf(stored, stored.remediation.appliedAt ?? now);
  // Its time was over: it was no mistake.
  if (ending === 'withdrawn') return deps.guard.release({ ...record, isInForce: false });
  const isInForce = ending === 'kept' && stored.untilMinutes === undefined;
  await deps.guard.release({ ...record, wasUndone: ending !== 'kept', isInForce });
  if (ending !== 'failed') await deps.experience.learn(stored, ending === 'kept' ? 'kept' : 'undone');
}

/** What is in force until this repair is kept; it holds still, since both change the one resource whose lock this repair has. */
async function replacedBy(remediationId: string, { remediations }: StepDeps): Promise<StoredRemediation | undefined> {
  const replaces = (await remediations.read(remediationId))?.value.replaces;
  const replaced = replaces === undefined ? undefined : (await remediations.read(replaces))?.value;
  return replaced?.remediation.state === 'kept' ? replaced : undefined;
}

/** Counted first: what is no longer kept is not looked at again. */
async function endReplaced(replaced: StoredRemediation, { guard, remediations, now }: StepDeps): Promise<void> {
  const { remediationId, appliedAt = now() } = replaced.remediation;
  await guard.note({ ...changeRecordOf(replaced, appliedAt), isInForce: false });
  await changeStored(remediations, remediationId, (one) =>
    one.remediation.state === 'kept'
      ? advanced(one, { state: 'rolled-back', endedAt: now(), withdrawn: 'The next advice took its place.' }, now())
      : undefined,
  );
}

/** What was kept may still be withdrawn, or fail to be. */
const isOver = (stored: StoredRemediation, ending: Ending): boolean =>
  stored.remediation.state === 'kept' ? ending === 'kept' : hasEnded(stored);

function wordsOf(ending: Ending, said: string | undefined): { withdrawn?: string; failure?: string } {
  if (said === undefined) return {};
  return ending === 'withdrawn' ? { withdrawn: said.slice(0, 1_000) } : { failure: said.slice(0, 1_000) };
}
