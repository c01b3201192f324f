import type { ReplayEvent, ReplaySource } from './replay-source.ts';
import { contentOf, withoutCopies } from './without-copies.ts';

/** Events of one stream as one input has them. */
export interface StreamPart {
  readonly owner?: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly events: readonly ReplayEvent[];
  /** Whether the times are the input's own; events with made-up times are never taken for each other. */
  readonly isTimed: boolean;
  /** Whether the input says which stream it is; else the stream is named after the file. */
  readonly isStreamNamed: boolean;
}

export interface MergedSources {
  readonly sources: readonly ReplaySource[];
  /** Events left out because another input, or the same, already has them. */
  readonly repeated: number;
}

/**
 * One source a stream, oldest event first. An event that inputs have in common is taken once: by its id, or, where an input knows no ids
 * (exports, pasted text), by time and message: an input that holds a line twice keeps it twice.
 */
export function mergeSources(parts: readonly StreamPart[]): MergedSources {
  const owners = knownOwners(parts);
  const groupOf = (part: StreamPart): string =>
    [part.owner ?? owners.get(part.logGroup) ?? '', part.logGroup].join('\0');
  const distinct = [...Map.groupBy(parts, groupOf).values()].flatMap(withoutCopies);
  const streams = Map.groupBy(distinct, (part) => `${groupOf(part)}\0${part.logStream}`);
  const sources = [...streams.values()].map((same): ReplaySource => {
    const first = same[0] as StreamPart;
    const owner = first.owner ?? owners.get(first.logGroup);
    const events = mergeEvents(same).sort((a, b) => a.timestamp - b.timestamp);
    return { ...(owner ? { owner } : {}), logGroup: first.logGroup, logStream: first.logStream, events };
  });
  const repeated = countOf(parts) - countOf(sources);
  return { sources: sources.filter(({ events }) => events.length > 0), repeated };
}

const countOf = (lists: readonly { readonly events: readonly ReplayEvent[] }[]): number =>
  lists.reduce((sum, { events }) => sum + events.length, 0);

/** An input that says whose a log group is says it for the inputs that do not. */
function knownOwners(parts: readonly StreamPart[]): ReadonlyMap<string, string> {
  const owners = new Map<string, Set<string>>();
  for (const { owner, logGroup } of parts) {
    if (owner) owners.set(logGroup, (owners.get(logGroup) ?? new Set()).add(owner));
  }
  return new Map([...owners].flatMap(([logGroup, set]) => (set.size === 1 ? [[logGroup, [...set][0] as string]] : [])));
}

function mergeEvents(parts: readonly StreamPart[]): ReplayEvent[] {
  const merged = distinctById(parts.flatMap((part) => part.events.filter((event) => event.id !== undefined)));
  const withoutIds = parts.map((part) => ({ ...part, events: part.events.filter((event) => event.id === undefined) }));
  const [only, ...others] = withoutIds.filter((part) => part.events.length > 0);
  if (!only) return merged;
  if (merged.length === 0 && others.length === 0) return [...only.events];
  const taken = countByContent(merged);
  for (const part of [only, ...others]) addSurplus(merged, taken, part);
  return merged;
}

function distinctById(events: readonly ReplayEvent[]): ReplayEvent[] {
  const byId = new Map<string, ReplayEvent>();
  const distinct: ReplayEvent[] = [];
  for (const event of events) {
    const known = byId.get(event.id as string);
    if (!known) {
      byId.set(event.id as string, event);
      distinct.push(event);
    } else if (contentOf(known) !== contentOf(event)) {
      // Two events cannot share an id in one stream: these ids were made up. The event is kept and gets an id on arrival.
      distinct.push({ timestamp: event.timestamp, message: event.message });
    }
  }
  return distinct;
}

/** Adds what a part holds more often than the parts before it. */
function addSurplus(merged: ReplayEvent[], taken: Map<string, number>, part: StreamPart): void {
  const own = new Map<string, number>();
  for (const event of part.events) {
    const content = contentOf(event);
    const count = (own.get(content) ?? 0) + 1;
    own.set(content, count);
    if (part.isTimed && count <= (taken.get(content) ?? 0)) continue;
    merged.push(event);
  }
  for (const [content, count] of own) taken.set(content, Math.max(count, taken.get(content) ?? 0));
}

function countByContent(events: readonly ReplayEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(contentOf(event), (counts.get(contentOf(event)) ?? 0) + 1);
  return counts;
}
