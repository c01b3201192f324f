import type { LogEvent } from '../log-batch.ts';

/** The distinct events of a stream by time, then id: the same list from any order and any number of copies. O(n log n), O(n) when in order. */
export function orderEvents(events: readonly LogEvent[]): readonly LogEvent[] {
  if (isStrictlyOrdered(events)) return events;
  const sorted = events.toSorted(compareEvents);
  return isStrictlyOrdered(sorted) ? sorted : withoutCopies(sorted);
}

function withoutCopies(sorted: readonly LogEvent[]): LogEvent[] {
  return sorted.filter((event, index) => {
    const before = sorted[index - 1];
    return before === undefined || before.id !== event.id || before.timestamp !== event.timestamp;
  });
}

function isStrictlyOrdered(events: readonly LogEvent[]): boolean {
  for (let index = 1; index < events.length; index++) {
    const before = events[index - 1] as LogEvent;
    const event = events[index] as LogEvent;
    if (before.timestamp >= event.timestamp && compareKeys(before, event) >= 0) return false;
  }
  return true;
}

const compareEvents = (a: LogEvent, b: LogEvent): number => compareKeys(a, b) || compareText(a.message, b.message);

const compareKeys = (a: LogEvent, b: LogEvent): number => a.timestamp - b.timestamp || compareIds(a.id, b.id);

/** CloudWatch's ids are decimal numbers of 56 digits: a longer one is greater, equally long ones compare as text. */
const compareIds = (a: string, b: string): number => a.length - b.length || compareText(a, b);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
