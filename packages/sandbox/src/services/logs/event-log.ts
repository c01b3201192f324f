/** An event as stored. */
export interface StoredEvent {
  readonly id: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly logStream: string;
  /** Grows with every event that the sandbox takes in. */
  readonly arrival: number;
}

/** A place between events, in the order of an {@link EventLog}. */
export interface EventPosition {
  readonly timestamp: number;
  readonly arrival: number;
}

export const START: EventPosition = { timestamp: Number.NEGATIVE_INFINITY, arrival: -1 };

/** Events in the order of (timestamp, arrival). Sorted when read, because nearly all arrive in order. */
export class EventLog {
  #events: StoredEvent[] = [];
  #isSorted = true;

  append(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const last = this.#events.at(-1);
      if (last && last.timestamp > event.timestamp) this.#isSorted = false;
      this.#events.push(event);
    }
  }

  sorted(): readonly StoredEvent[] {
    if (!this.#isSorted) this.#events.sort(byPosition);
    this.#isSorted = true;
    return this.#events;
  }

  /** Index of the first event that stands after the position. O(log n). */
  indexAfter(position: EventPosition): number {
    const events = this.sorted();
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (byPosition(events[middle] as StoredEvent, position) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Drops the events before a time, in epoch milliseconds. */
  expire(before: number): void {
    const index = this.indexAfter({ timestamp: before, arrival: -1 });
    if (index > 0) this.#events.splice(0, index);
  }

  remove(logStream: string): void {
    this.#events = this.#events.filter((event) => event.logStream !== logStream);
  }
}

function byPosition(a: EventPosition, b: EventPosition): number {
  return a.timestamp === b.timestamp ? a.arrival - b.arrival : a.timestamp - b.timestamp;
}
