import { advanced, hasEnded } from '../domain/advance-remediation.ts';
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
 * Makes the change. It says what shall be, not what shall be added: twice is once. Nothing is changed without its snapshot, or with the kill switch on. That it
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
  await port.apply(stored.change, stored.snapshot.takenAt);
  await changeStored(remediations, remediationId, (one) =>
    one.remediation.state === 'applying' ? advanced(one, { state: 'verifying', appliedAt: now() }, now()) : undefined,
  );
  return { next: 'applied' };
}

/** Makes the resource again what its snapshot says; nothing where the change was never begun. */
export async function restoreRepair(remediationId: string, { remediations, resources }: ApplyDeps): Promise<NextState> {
  const stored = (await remediations.read(remediationId))?.value;
  if (stored?.snapshot === undefined || stored.isBegun === false) return { next: 'over' };
  const { restore, takenAt } = stored.snapshot;
  if (restore.kind === 'absent') return { next: 'over' };
  const port = await resources(stored.permissions, stored.change, remediationId);
  await port.apply(restore, takenAt);
  return { next: 'over' };
}
