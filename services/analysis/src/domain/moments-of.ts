import type { Span } from '@lamplighter/diagnosis';

/** Half as long again as the longest of before. */
const BEYOND = 1.5;

/**
 * How often a segment took far longer than ever before the onset. What overlaps in time counts once: a passing hiccup catches every call that runs, however many they are, and calls that are
 * slow one after the other share none.
 */
export function momentsOf(segment: Pick<Span, 'service' | 'name'>, spans: readonly Span[], onset: number): number {
  const own = spans.filter(({ service, name }) => service === segment.service && name === segment.name);
  const longestMs = own.reduce(
    (most, { startMs, durationMs }) => (startMs < onset ? Math.max(most, durationMs) : most),
    0,
  );
  const long = own.filter(({ startMs, durationMs }) => startMs >= onset && durationMs > longestMs * BEYOND);
  let [moments, reachedMs] = [0, Number.NEGATIVE_INFINITY];
  for (const { startMs, durationMs } of long.sort((a, b) => a.startMs - b.startMs)) {
    if (startMs >= reachedMs) moments++;
    reachedMs = Math.max(reachedMs, startMs + durationMs);
  }
  return moments;
}
