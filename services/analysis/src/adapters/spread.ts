/** A span of time in so many parts of the same length, whole milliseconds; fewer where it is too short. Both ends of a part are in it. */
export function partsOf(since: number, until: number, count: number): [from: number, to: number][] {
  const step = Math.max(1, Math.ceil((until - since) / count));
  const starts = Array.from({ length: count }, (_, at) => since + at * step).filter((from) => from < until);
  return starts.map((from) => [from, Math.min(from + step, until) - 1]);
}

/** At most `limit` of them, from the whole range. */
export function spread<T>(values: readonly T[], limit: number): T[] {
  const step = Math.max(1, values.length / limit);
  return Array.from({ length: Math.min(limit, values.length) }, (_, at) => values[Math.floor(at * step)]!);
}
