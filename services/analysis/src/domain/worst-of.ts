import type { Severity } from '@lamplighter/contracts';

const WORST_FIRST: readonly Severity[] = ['critical', 'warning', 'info'];

/** As many as fit of what is listed newest first, in that order: where not all do, the less severe and the older are left out. Pure. */
export function worstOf<T extends { readonly severity: Severity }>(newestFirst: readonly T[], most: number): T[] {
  if (newestFirst.length <= most) return [...newestFirst];
  const ranked = WORST_FIRST.flatMap((severity) => newestFirst.filter((one) => one.severity === severity));
  const kept = new Set(ranked.slice(0, most));
  return newestFirst.filter((one) => kept.has(one));
}
