import { advanced, hasEnded } from '../domain/advance-remediation.ts';
import { NothingChanged } from '../domain/nothing-changed.ts';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import { changeStored } from './change-stored.ts';
import type { ApplyDeps, NextState } from './step-deps.ts';

/** Takes the snapshot, once: a repetition finds it and leaves it as it is, so that what was changed is never taken for what was there. */
export async function snapshotRepair(
  remediationId: string,
  { remediations, resources, now }: ApplyDeps,
): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored === undefined || hasEnded(stored)) return { next: 'over' };
  if (stored.snapshot === undefined) {
    const port = await resources(stored.permissions, stored.change, remediationId);
    const snapshot = await port.snapshot(stored.change, now());
    const latest = await changeStored(remediations, remediationId, (one) =>
      hasEnded(one) || one.snapshot !== undefined
        ? undefined
        : { ...advanced(one, { state: 'applying' }, now()), snapshot, isBegun: false },
    );
    if (hasEnded(latest)) return { next: 'over' };
  }
  return { next: 'admitted' };
}

/**
 * Makes the change, where that is not refused for good. It says what shall be, not what shall be added: twice is once. Nothing is changed without its snapshot, or with the kill switch on. That it
 * is begun is written down before: who comes again and finds the kill switch on knows whether there is anything to undo.
 */
export async function applyRepair(
  remediationId: string,
  { remediations, resources, killSwitch, now }: ApplyDeps,
): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored === undefined || hasEnded(stored)) return { next: 'over' };
  if (stored.snapshot === undefined)
    throw new Error(`There is no snapshot of ${remediationId}: nothing is changed without one.`);
  if (stored.remediation.state === 'verifying') return { next: 'applied' };
  if (await killSwitch.isOn()) return { next: 'refused' };
  await changeStored(remediations, remediationId, (one) => (one.isBegun ? undefined : { ...one, isBegun: true }));
  const port = await resources(stored.permissions, stored.change, remediationId);
  try {
    await port.apply(stored.change, stored.snapshot.takenAt);
  } catch (error) {
    throw await asEnding(error, stored, remediations);
  }
  await changeStored(remediations, remediationId, (one) =>
    one.remediation.state === 'applying' ? advanced(one, { state: 'verifying', appliedAt: now() }, now()) : undefined,
  );
  return { next: 'applied' };
}

/** That nothing was changed is said of the first try alone: an earlier one may have changed something, and what it began has to be undone. */
async function asEnding(
  error: unknown,
  { remediation, isBegun }: StoredRemediation,
  remediations: ApplyDeps['remediations'],
): Promise<unknown> {
  if (!(error instanceof NothingChanged)) return error;
  if (isBegun !== false) return new Error(error.message, { cause: error });
  await changeStored(remediations, remediation.remediationId, (one) => ({ ...one, isBegun: false }));
  return error;
}

/** Makes the resource again what its snapshot says, but for what somebody changed since, which is written down; nothing where the change was never begun. */
export async function restoreRepair(remediationId: string, { remediations, resources }: ApplyDeps): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored?.snapshot === undefined || stored.isBegun === false) return { next: 'over' };
  const { restore, takenAt } = stored.snapshot;
  if (restore.kind === 'absent') return { next: 'over' };
  const port = await resources(stored.permissions, stored.change, remediationId);
  const left = await port.undo(stored.change, restore, { takenAt, appliedAt: stored.remediation.appliedAt });
  if (left.length > 0)
    await changeStored(remediations, remediationId, (one) => ({
      ...one,
      remediation: { ...one.remediation, leftToOwner: left.join(' ') },
    }));
  return { next: 'over' };
}
