/** How many are open, and of those critical. A service that has too many to tell them all leaves the least that there are. */
export interface OpenCount {
  readonly open: number;
  /** Of those that nobody put off. */
  readonly critical: number;
  /** Whether there may be more. */
  readonly isOpenLeast: boolean;
  readonly isCriticalLeast: boolean;
}

interface Counted {
  readonly severity: string;
  readonly state: string;
}

/**
 * Counts what a service told. `most` is as many as it tells at once; `total`, where it counts, is how many it has, and then those told are its worst:
 * all that is critical stands in front of anything that is not.
 */
export function openCount(
  told: readonly Counted[],
  { most, total }: { readonly most: number; readonly total?: number | undefined },
): OpenCount {
  const isCut = total === undefined ? told.length >= most : total > told.length;
  const areWorst = total !== undefined && told.some((one) => one.severity !== 'critical');
  return {
    open: Math.max(told.length, total ?? 0),
    critical: told.filter(({ severity, state }) => severity === 'critical' && state !== 'snoozed').length,
    isOpenLeast: isCut && total === undefined,
    isCriticalLeast: isCut && !areWorst,
  };
}
