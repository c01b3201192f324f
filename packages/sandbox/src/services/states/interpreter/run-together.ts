import type { Thread } from './frame.ts';
import type { Scope } from './scope.ts';

/** Why the rest of a Parallel or Map state stops. */
export class SiblingFailed extends Error {
  override readonly name = 'SiblingFailed';
}

/** Runs work over entries, at most `most` at once, in order; results keep the entries' order. The first failure calls off the rest. */
export function runTogether<E, R>(
  thread: Thread,
  entries: readonly E[],
  most: number,
  work: (entry: E, scope: Scope, index: number) => Promise<R>,
): Promise<R[]> {
  return thread.scope.within(async (scope) => {
    const results: R[] = new Array(entries.length);
    const queue = entries.entries();
    const lane = async (): Promise<void> => {
      for (const [index, entry] of queue) {
        if (scope.reason) throw scope.reason;
        results[index] = await work(entry, scope, index);
      }
    };
    const lanes = Array.from({ length: Math.min(most, entries.length) }, lane);
    try {
      await Promise.all(lanes);
      return results;
    } catch (error) {
      scope.cancel(new SiblingFailed('Another branch failed.'));
      await Promise.allSettled(lanes);
      throw error;
    }
  });
}
