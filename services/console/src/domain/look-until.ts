/** How long the end of a look stays the same, ms: as long as what changes rarely is kept. */
const STEP_MS = 30_000;

/**
 * Where a look at the last hours ends, epoch ms: now, rounded down to half a minute. Pages that look within the same half minute ask one
 * question, whose answer is kept, and get one answer, whose tag holds. What is looked at are minutes: the newest is told half a minute later at most.
 */
export const lookUntil = (now: number): number => now - (now % STEP_MS);
