import type { Snapshot, StoredRemediation } from './stored-remediation.ts';

/** What a resource was before a schedule that another one has replaced: undoing the second one undoes both. */
export function originalSnapshot(replaced: StoredRemediation, { change, snapshot }: StoredRemediation): Snapshot {
  const first = replaced.snapshot;
  if (first?.restore.kind !== 'lambda-provisioned-schedule' || change.kind !== 'lambda-provisioned-schedule')
    throw new Error(`${replaced.remediation.remediationId} is no schedule that could be replaced.`);
  const known = first.restore.actions;
  const actions = change.actions.map(({ name }) => known.find((one) => one.name === name) ?? { name, at: null });
  return { takenAt: snapshot?.takenAt ?? first.takenAt, restore: { ...first.restore, actions } };
}
