/** Keys of the remediation table. */
export const ALL_REMEDIATIONS = 'all';
export const remediationKey = (remediationId: string) => ({ pk: `REMEDIATION#${remediationId}`, sk: 'REMEDIATION' });
/** Partition of the index of those that wait for a person: a repair is in it for no longer than that. */
export const WAITING_REMEDIATIONS = 'waiting';
/** Locks of resources in change, one row each. */
export const LOCKS = 'LOCKS';
/** Where a finding stood when it was last heard of. */
export const findingKey = (findingId: string) => ({ pk: `FINDING#${findingId}`, sk: 'SEEN' });
/** Changes that were let in, by time. */
export const CHANGES = 'CHANGES';
export const changeSort = (at: number, remediationId: string): string =>
  `${new Date(at).toISOString()}#${remediationId}`;
/** Whoever is let in raises its version: two never pass the rails at once. */
export const GATE = { pk: 'GATE', sk: 'GATE' };
/** Outcomes, one row for each playbook and class of findings. */
export const EXPERIENCE = 'EXPERIENCE';
