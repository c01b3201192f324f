import { createHash } from 'node:crypto';
import { isAdvice } from './advised-finding.ts';

/** One repair of one finding by one playbook: the same plan, made again, is the same repair, and one that is planned after others of it is another. Fits the name of an execution (80 characters). */
export function remediationIdOf(findingId: string, playbook: string, openedAt: number, earlier = 0): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([findingId, playbook, ...(earlier > 0 ? [earlier] : [])]))
    .digest('hex');
  // The onset that the finding was told by: late figures may correct it, and it must not become another repair.
  const toldAs = isAdvice(findingId) ? openedAt : (/\/(\d{1,13})$/.exec(findingId)?.[1] ?? openedAt);
  return `${playbook}-${toldAs}-${hash.slice(0, 12)}`;
}
