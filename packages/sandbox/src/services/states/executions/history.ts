import { StateError } from '../language/state-error.ts';

/** An event as GetExecutionHistory lists it, its time in epoch milliseconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestampMs: number;
  readonly type: string;
  /** `{ stateEnteredEventDetails: { … } }`; empty for an event without details. */
  readonly details: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface HistoryOptions {
  readonly now: () => number;
  /** A standard execution ends with its 25,000th event. */
  readonly mostEvents: number;
  /** Express executions keep no history; their log does. */
  readonly isKept: boolean;
  readonly onEvent?: (event: HistoryEvent) => void;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MOST_EVENTS_STANDARD = 25_000;
/** AWS ends an express execution after five minutes; here an endless loop ends before it fills the memory. */
export const MOST_EVENTS_EXPRESS = 1_000_000;

/** What happened in an execution. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #options: HistoryOptions;
  #lastId = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Adds an event and gives its id. Throws `States.Runtime` where only the place for the execution's last event is left. */
  record(previousEventId: number, type: string, details: HistoryEvent['details'] = {}): number {
    const { now, mostEvents, isKept, onEvent } = this.#options;
    if (this.#lastId >= mostEvents - 1 && !/^Execution(Failed|TimedOut|Aborted|Succeeded)$/.test(type)) {
      throw new StateError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${mostEvents}).`,
      );
    }
    const event = { id: ++this.#lastId, previousEventId, timestampMs: now(), type, details };
    if (isKept) this.events.push(event);
    onEvent?.(event);
    return event.id;
  }

  get lastId(): number {
    return this.#lastId;
  }
}
