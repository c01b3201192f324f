import type { StreamPart } from './merge-sources.ts';
import type { ReplayEvent } from './replay-source.ts';
import { endsInvocation, textOf, withoutSharedRun } from './shared-run.ts';

/**
 * Parts of one log group, without what parts that do not name their stream repeat of the others: downloads that overlap, a copy of the console beside an export.
 * They are copies only where both have the end of the same invocation. What such a part adds goes on in the stream of the part it overlaps with, where both
 * know times.
 */
export function withoutCopies(parts: readonly StreamPart[]): StreamPart[] {
  if (parts.every(({ isStreamNamed }) => isStreamNamed)) return [...parts];
  const byEnd = new Map<string, Set<StreamPart>>();
  const kept: StreamPart[] = [];
  for (const part of [...parts].sort((a, b) => Number(b.isStreamNamed) - Number(a.isStreamNamed))) {
    const ends = part.events.filter(endsInvocation).map(textOf);
    const others = new Set(ends.flatMap((text) => [...(byEnd.get(text) ?? [])]));
    const rest = part.isStreamNamed ? part : restOf(part, others);
    kept.push(rest);
    const whole = { ...part, logStream: rest.logStream };
    for (const text of ends) byEnd.set(text, (byEnd.get(text) ?? new Set()).add(whole));
  }
  return kept;
}

function restOf(part: StreamPart, others: ReadonlySet<StreamPart>): StreamPart {
  let events: readonly ReplayEvent[] = part.events;
  for (const other of others) {
    events = withoutSharedRun(other.events, events);
    if (part.isTimed && other.isTimed) events = surplus(other.events, events);
  }
  const [continued] = [...others].filter((other) => !other.isStreamNamed && other.isTimed && part.isTimed);
  return { ...part, events, ...(continued && { logStream: continued.logStream }) };
}

/** What a list holds more often than another one, by time and message. */
function surplus(other: readonly ReplayEvent[], events: readonly ReplayEvent[]): ReplayEvent[] {
  const left = new Map<string, number>();
  for (const event of other) left.set(contentOf(event), (left.get(contentOf(event)) ?? 0) + 1);
  return events.filter((event) => {
    const count = left.get(contentOf(event)) ?? 0;
    left.set(contentOf(event), count - 1);
    return count <= 0;
  });
}

/** What tells two events of one stream apart that know no ids. */
export const contentOf = (event: ReplayEvent): string => `${event.timestamp}\0${textOf(event)}`;
