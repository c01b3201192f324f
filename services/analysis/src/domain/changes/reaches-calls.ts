import type { FunctionState } from '@lamplighter/diagnosis';

const MINUTE_MS = 60_000;

/**
 * Whether the newest calls may run what was set at `$LATEST` at a time: `$LATEST` itself has some of them, or a version that was first called since. A version keeps what it was published with.
 * True where no call is known.
 */
export function reachesCalls({ head: { versions } }: FunctionState, at: number): boolean {
  const newest = Math.max(...versions.map(({ lastAt }) => lastAt));
  const serving = versions.filter(({ lastAt }) => lastAt === newest);
  // A version's first minute begins before its first call.
  const mayHaveIt = serving.some(({ version, firstAt }) => version.startsWith('$LATEST') || firstAt > at - MINUTE_MS);
  return serving.length === 0 || mayHaveIt;
}
