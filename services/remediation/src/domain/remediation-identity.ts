import { createHash } from 'node:crypto';

/** One repair of one finding by one playbook: the same plan, made again, is the same repair. Fits the name of an execution (80 characters). */
export function remediationIdOf(findingId: string, playbook: string, openedAt: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([findingId, playbook]))
    .digest('hex');
  return `${playbook}-${openedAt}-${hash.slice(0, 12)}`;
}
