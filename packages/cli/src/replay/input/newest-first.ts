import type { RawEvent } from './event-sink.ts';

type TimedEvent = RawEvent & { readonly timestamp: number };

/** Whether lists of events run backwards, as the console and Logs Insights show them: judged by their times, else by START and END. */
export function isNewestFirst(streams: readonly (readonly RawEvent[])[]): boolean {
  const steps = streams.reduce((sum, events) => sum + forwardSteps(events), 0);
  return steps === 0 ? streams.reduce((sum, events) => sum + endsBeforeStarts(events), 0) > 0 : steps < 0;
}

/** Steps forward in time less steps back. */
function forwardSteps(events: readonly RawEvent[]): number {
  let steps = 0;
  let previous: number | undefined;
  for (const { timestamp } of events) {
    if (timestamp === undefined) continue;
    if (previous !== undefined) steps += Math.sign(timestamp - previous);
    previous = timestamp;
  }
  return steps;
}

/** How many records that end a request stand before its START, less those that stand after it. */
function endsBeforeStarts(events: readonly RawEvent[]): number {
  const ended = new Set<string>();
  const started = new Set<string>();
  let balance = 0;
  for (const { message } of events) {
    const match = /^(START|END|REPORT) RequestId: (\S+)/.exec(message);
    const id = match?.[2];
    if (!match || id === undefined) continue;
    if (match[1] === 'START') {
      if (ended.has(id)) balance++;
      started.add(id);
    } else {
      if (started.has(id)) balance--;
      ended.add(id);
    }
  }
  return balance;
}

/**
 * Gives every event a time, in the list's order: an event without one takes that of the event before it (the first ones that of the
 * first known). Where nothing has a time, events are a millisecond apart from `fallback`.
 */
export function fillTimes(events: readonly RawEvent[], fallback: number): readonly TimedEvent[] {
  let last = events.find((event) => event.timestamp !== undefined)?.timestamp;
  if (last === undefined) return events.map((event, index) => ({ ...event, timestamp: fallback + index }));
  return events.map((event) => {
    if (isTimed(event)) {
      last = event.timestamp;
      return event;
    }
    return { ...event, timestamp: last as number };
  });
}

const isTimed = (event: RawEvent): event is TimedEvent => event.timestamp !== undefined;
