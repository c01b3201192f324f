import { createHash } from 'node:crypto';

/** One repair of one finding by one playbook: the same plan, made again, is the same repair, and one that is planned after others of it is another. Fits the name of an execution (80 characters). */
export function remediationIdOf(findingId: string, playbook: string, openedAt: number, earlier = 0): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([findingId, playbook, ...(earlier > 0 ? [earlier] : [])]))
    .digest('hex');
  return `${playbook}-${openedAt}-${hash.slice(0, 12)}`;
}
