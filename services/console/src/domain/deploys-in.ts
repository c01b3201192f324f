import type { FunctionWindow } from '@lamplighter/contracts';

/** A version that was called for the first time, as far as the minutes that were looked at tell. */
export interface Deploy {
  readonly version: string;
  /** The minute of its first call, epoch milliseconds. */
  readonly at: number;
}

/** Versions that begin within a function's minutes, oldest first. One that is there from the first minute on may be of any age, and is none of them. */
export function deploysIn(windows: readonly FunctionWindow[]): Deploy[] {
  const first = new Map<string, number>();
  const inOrder = windows.toSorted((a, b) => a.start - b.start);
  for (const { start, byVersion = [] } of inOrder)
    for (const { version } of byVersion) if (!first.has(version)) first.set(version, start);
  const begin = inOrder[0]?.start ?? 0;
  return [...first].filter(([, at]) => at > begin).map(([version, at]) => ({ version, at }));
}
