import type { FunctionWindow } from '@lamplighter/contracts';
import type { AttemptOfRequest } from './attempt-of-request.ts';

const EXAMPLES = 3;

/** Requests of a minute to look at first. Attempts come in order of their request, which decides between equals. */
export function exampleRequests(
  attempts: readonly AttemptOfRequest[],
): NonNullable<FunctionWindow['exampleRequestIds']> {
  const timed = attempts.filter(({ attempt }) => attempt.durationMs !== undefined);
  const slowest = timed.toSorted((a, b) => b.attempt.durationMs! - a.attempt.durationMs!);
  const ended = (status: AttemptOfRequest['attempt']['status']) =>
    attempts.filter(({ attempt }) => attempt.status === status);
  return {
    slowest: firstOf(slowest),
    timeouts: firstOf(ended('timeout')),
    outOfMemory: firstOf(ended('out-of-memory')),
  };
}

function firstOf(attempts: readonly AttemptOfRequest[]): string[] {
  const found = new Set<string>();
  for (const { requestId } of attempts) {
    if (found.size === EXAMPLES) break;
    found.add(requestId);
  }
  return [...found];
}
