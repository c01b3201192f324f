import type { Remediation, RemediationsAnswer } from '@lamplighter/contracts';

/** Repairs in the order in which they are shown. */
export interface ListedRepairs {
  /** Those that wait for a person first, however old: the one whose time is up first, first. Then the newest. */
  readonly remediations: readonly Remediation[];
  /** There may be older ones. */
  readonly isCut: boolean;
  readonly isKilled: boolean;
}

/** What the service answers at a look, each repair once. */
export function listRepairs(
  { waiting, recent, isKilled }: Extract<RemediationsAnswer, { kind: 'overview' }>,
  limit: number,
): ListedRepairs {
  const isWaiting = new Set(waiting.map(({ remediationId }) => remediationId));
  const others = recent.filter(({ remediationId }) => !isWaiting.has(remediationId));
  return { remediations: [...waiting, ...others], isCut: recent.length >= limit, isKilled };
}
