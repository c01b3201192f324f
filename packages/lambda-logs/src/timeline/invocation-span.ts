/** Where an invocation's own platform records stand in the ordered stream. Positions; absent means not seen. */
export interface InvocationSpan {
  readonly requestId: string;
  readonly start?: number;
  readonly end?: number;
  readonly report?: number;
  /** Least and greatest of the positions above. */
  readonly first: number;
  readonly last: number;
}

export function invocationSpan(
  requestId: string,
  parts: { start?: number | undefined; end?: number | undefined; report?: number | undefined },
): InvocationSpan {
  const { start, end, report } = parts;
  const positions = [start, end, report].filter((position) => position !== undefined);
  return {
    requestId,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(report === undefined ? {} : { report }),
    first: Math.min(...positions),
    last: Math.max(...positions),
  };
}

/** A START, END or REPORT as the search for brackets sees it. */
export interface LifecycleMark {
  /** In the ordered stream. */
  readonly position: number;
  readonly kind: 'start' | 'end' | 'report';
  readonly requestId: string;
  readonly timestamp: number;
  readonly durationMs?: number | undefined;
}
