import type { AlertsAnswer } from '@lamplighter/contracts';
import type { AlertTotal } from './render-alerts.ts';

/** What `lamplighter alerts` can be asked for. */
export const TOPICS = ['open', 'missed', 'recent', 'on-call'] as const;
export type AlertsTopic = (typeof TOPICS)[number];

/**
 * How alerts of an answer are to be counted. A list of the open ones that says no number has more than were counted; one of the missed may have, since not
 * all were looked through; a page of the newest has more where another follows.
 */
export function countedAs(
  topic: AlertsTopic,
  { total, cursor }: Extract<AlertsAnswer, { kind: 'alerts' }>,
): { readonly total?: AlertTotal; readonly chosen?: 'newest' | 'found' } {
  if (topic === 'missed' && total === undefined) return { chosen: 'found', total: 'unknown' };
  if (topic !== 'recent') return { total: total ?? 'unknown' };
  return { chosen: 'newest', ...(cursor !== undefined && { total: 'unknown' }) };
}
