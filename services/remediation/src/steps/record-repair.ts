import type { Remediation } from '@lamplighter/contracts';
import { cutText } from '@lamplighter/contracts/cut-text';
import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { originalSnapshot } from '../domain/original-snapshot.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import { changeStored } from './change-stored.ts';
import { changeRecordOf } from './guard-request-of.ts';
import type { StepDeps } from './step-deps.ts';

const MOST_CHARACTERS = 1_000;

/** `untouched`: it failed before anything was changed. `stopped`: by the kill switch; what was begun is undone. */
export type Ending = 'kept' | 'rolled-back' | 'failed' | 'withdrawn' | 'untouched' | 'stopped';

/** Those that say something of the playbook: the others ended for reasons of their own, or nobody knows how. */
const OUTCOMES: Partial<Record<Ending, 'kept' | 'undone'>> = { kept: 'kept', 'rolled-back': 'undone' };
/** Those that count as undone: so many of them in a day, and a person has to look. */
const UNDONE: readonly Ending[] = ['rolled-back', 'failed'];

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
    const over = advanced(one, { ...endOf(one, ending, said), endedAt: now }, now);
    return replaced === undefined ? over : { ...over, snapshot: originalSnapshot(replaced, over) };
  });
  if (replaced !== undefined) await endReplaced(replaced, deps);
  const record = changeRecordOf(stored, stored.remediation.appliedAt ?? now);
  if (isNeverMade(stored, ending)) return deps.guard.forget(record);
  const isInForce = ending === 'kept' && stored.untilMinutes === undefined;
  const isSilent = stored.isSilent === true && ending === 'rolled-back';
  const over = isInForce ? {} : { endedAt: stored.remediation.endedAt ?? now };
  const ended = { ...record, ...over, wasUndone: UNDONE.includes(ending) && !isSilent, isInForce };
  await deps.guard.release(ended);
  // It may have been taken back beside somebody else, without the lock that a release goes with.
  if (stored.untilMinutes !== undefined) await deps.guard.note(ended);
  // What nothing verifies is kept each time, and what nobody called is undone each time: neither says anything of the playbook.
  const outcome = stored.trial.metric === 'none' || isSilent ? undefined : OUTCOMES[ending];
  if (outcome !== undefined) await deps.experience.learn(stored, outcome);
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
  await guard.note({ ...changeRecordOf(replaced, appliedAt), isInForce: false, endedAt: now() });
  await changeStored(remediations, remediationId, (one) =>
    one.remediation.state === 'kept'
      ? advanced(one, { state: 'rolled-back', endedAt: now(), withdrawn: 'The next advice took its place.' }, now())
      : undefined,
  );
}

/** What was kept may still be withdrawn, or fail to be. */
const isOver = (stored: StoredRemediation, ending: Ending): boolean =>
  stored.remediation.state === 'kept' ? ending === 'kept' : hasEnded(stored);

/** What has a snapshot and does not say whether it was begun may have been. */
const isNeverMade = ({ snapshot, isBegun }: StoredRemediation, ending: Ending): boolean =>
  ending === 'untouched' || (ending === 'stopped' && (snapshot === undefined || isBegun === false));

type End = Partial<Remediation> & Pick<Remediation, 'state'>;

function endOf({ remediation, isBegun, untilMinutes }: StoredRemediation, ending: Ending, said = ''): End {
  const isTakenBack = untilMinutes !== undefined && remediation.leftToOwner === undefined;
  switch (ending) {
    case 'kept':
      return { state: 'kept', ...(isTakenBack && { takenBack: true as const }) };
    case 'rolled-back':
      return { state: 'rolled-back' };
    case 'withdrawn':
      return { state: 'rolled-back', withdrawn: cutText(said, MOST_CHARACTERS) };
    case 'failed':
      return { state: 'failed', failure: cutText(said, MOST_CHARACTERS) };
    case 'untouched':
      return {
        state: 'failed',
        untouched: true,
        failure: cutText(`Nothing was changed. ${said}`, MOST_CHARACTERS),
      };
    case 'stopped':
      return { state: 'refused', refusals: [...remediation.refusals, stoppedBy(isBegun === true)] };
  }
}

const stoppedBy = (isBegun: boolean): Remediation['refusals'][number] => ({
  rail: 'kill-switch',
  reason: isBegun
    ? 'The kill switch was turned on while the change was made; what was begun was undone.'
    : 'The kill switch was on; nothing was changed.',
  lift: 'Set the kill switch to off.',
});
