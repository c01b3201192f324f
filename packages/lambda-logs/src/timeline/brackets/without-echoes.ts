import type { Bracket } from './bracket.ts';
import type { LifecycleMark } from './invocation-span.ts';

/**
 * Lambda waits a minute before it retries an asynchronous invocation, and no other retry keeps the request's id: what repeats a request
 * sooner than this after it ended, or begins it this short a time before, was printed.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const NO_RETRY_BEFORE_MS = 10_000;

export interface Marked {
  readonly brackets: readonly Bracket[];
  /** Indices of marks outside every bracket. */
  readonly loose: readonly number[];
}

/** Leaves out brackets and loose marks that echo an invocation which the stream shows whole. O(n) for requests that come once. */
export function withoutEchoes(marks: readonly LifecycleMark[], { brackets, loose }: Marked): Marked {
  const kept: Bracket[] = [];
  const whole = new Map<string, Bracket[]>();
  const timeOf = (index: number): number => (marks[index] as LifecycleMark).timestamp;
  for (const bracket of brackets) {
    const { requestId } = marks[bracket.open] as LifecycleMark;
    const before = whole.get(requestId);
    const last = before?.at(-1);
    if (last !== undefined && timeOf(bracket.open) - timeOf(last.close) < NO_RETRY_BEFORE_MS) continue;
    kept.push(bracket);
    if (before === undefined) whole.set(requestId, [bracket]);
    else before.push(bracket);
  }
  const isEcho = (index: number): boolean => {
    const { requestId, kind, timestamp } = marks[index] as LifecycleMark;
    const own = whole.get(requestId) ?? [];
    return own.some(
      (bracket) =>
        (kind !== 'end' || bracket.end !== undefined) &&
        timestamp > timeOf(bracket.open) - NO_RETRY_BEFORE_MS &&
        timestamp < timeOf(bracket.close) + NO_RETRY_BEFORE_MS,
    );
  };
  return { brackets: kept, loose: loose.filter((index) => !isEcho(index)) };
}
