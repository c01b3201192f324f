import type { EventOrigin, EventSink, RawEvent } from './event-sink.ts';
import { isLambdaOrigin, isLambdaRecord } from './lambda-record.ts';
import type { Rejection, RejectionReason } from './replay-source.ts';

/** No log was written after the year 9999: such a number is not in milliseconds. CloudWatch Logs takes none below 0. */
const LATEST = Date.UTC(9999, 11, 31);

/** Events of one origin in one input, in the order of the input. */
export interface OriginEvents {
  readonly origin: EventOrigin;
  readonly events: readonly RawEvent[];
  /** Whether anything of it can only come from Lambda. */
  readonly isLambda: boolean;
}

interface Collected {
  readonly origin: EventOrigin;
  readonly events: RawEvent[];
  isLambda: boolean;
}

/** Gathers what the reader of one input reports. */
export class EventCollector implements EventSink {
  readonly #file: string;
  readonly #origins = new Map<string, Collected>();
  readonly #rejected = new Map<RejectionReason, { count: number; detail: string }>();

  constructor(file: string) {
    this.#file = file;
  }

  event(origin: EventOrigin, event: RawEvent): void {
    const { timestamp = 0 } = event;
    if (timestamp < 0 || timestamp > LATEST) this.reject('unreadable-time', `${timestamp} as milliseconds since 1970`);
    else this.#collect(origin, event);
  }

  #collect(origin: EventOrigin, event: RawEvent): void {
    const key = `${origin.owner ?? ''}\0${origin.logGroup ?? ''}\0${origin.logStream ?? ''}`;
    let collected = this.#origins.get(key);
    if (!collected) {
      collected = { origin, events: [], isLambda: isLambdaOrigin(origin.logGroup, origin.logStream) };
      this.#origins.set(key, collected);
    }
    collected.events.push(event);
    collected.isLambda ||= isLambdaRecord(event.message);
  }

  reject(reason: RejectionReason, detail: string, count = 1): void {
    const known = this.#rejected.get(reason);
    this.#rejected.set(reason, { count: (known?.count ?? 0) + count, detail: known?.detail ?? detail });
  }

  origins(): readonly OriginEvents[] {
    return [...this.#origins.values()];
  }

  rejections(): readonly Rejection[] {
    return [...this.#rejected].map(([reason, { count, detail }]) => ({ reason, count, file: this.#file, detail }));
  }
}
