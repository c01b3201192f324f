import { LIMITS } from '../aws/limits.ts';
import type { Caller } from '../lambda/caller.ts';
import { Departures } from '../lambda/departures.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Sampler } from '../random/sampler.ts';
import type { Tick } from '../tick.ts';
import { type Dependency, wholeOf } from './dependency.ts';

interface Cohort {
  readonly dueMs: number;
  readonly attempt: number;
  readonly throttles: number;
  readonly sinceMs: number;
  count: number;
}

export interface AsyncEventsParts {
  readonly target: LambdaFunction;
  readonly retries: number;
  readonly putCallMs: number;
  readonly sampler: Sampler;
  readonly tickMs: number;
}

/**
 * Asynchronous invocations of a function: a failed event is tried again after one and two minutes, a throttled one after 1 s, doubling to
 * 5 minutes, for six hours (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 * Events in = done + given up + waiting + in flight.
 */
export class AsyncEvents implements Dependency {
  readonly #parts: AsyncEventsParts;
  readonly #departures: Departures;
  #waiting: Cohort[] = [];
  #asked = 0;
  received = 0;
  done = 0;
  givenUp = 0;

  constructor(parts: AsyncEventsParts) {
    this.#parts = parts;
    this.#departures = new Departures(parts.tickMs);
  }

  get failShare(): number {
    return 0;
  }

  get waiting(): number {
    return this.#waiting.reduce((sum, { count }) => sum + count, 0);
  }

  get inFlight(): number {
    return this.#departures.inFlight;
  }

  callMs(events: number): { usual: number; extra: number } {
    return { usual: events > 0 ? this.#parts.putCallMs : 0, extra: 0 };
  }

  ask(count: number, events: number): void {
    this.#asked += count * events;
  }

  hold(): void {}

  /** Invokes what is due. */
  poll(tick: Tick): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter(({ dueMs }) => dueMs <= tick.startMs);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter(({ dueMs }) => dueMs > tick.startMs);
    for (const cohort of due)
      if (tick.startMs - cohort.sinceMs > LIMITS.asyncMaximumAgeMs) this.givenUp += cohort.count;
      else this.#parts.target.demand({ caller: this.#callerOf(cohort), count: cohort.count });
  }

  endTick(tick: Tick): void {
    const { ok, failed } = this.#departures.drain(tick);
    this.done += ok;
    this.givenUp += failed;
    const events = wholeOf(this.#asked);
    this.#asked -= events;
    this.received += events;
    if (events > 0) this.#wait({ dueMs: tick.endMs, attempt: 0, throttles: 0, sinceMs: tick.endMs, count: events });
  }

  #callerOf(cohort: Cohort): Caller {
    const { attempt, sinceMs } = cohort;
    const { retries, sampler } = this.#parts;
    const isLast = attempt >= retries;
    const retry = (endMs: number, count: number): void => {
      const dueMs = endMs + LIMITS.asyncRetryWaitsMs[attempt]!;
      if (count > 0) this.#wait({ dueMs, attempt: attempt + 1, throttles: 0, sinceMs, count });
    };
    return {
      throttled: (tick, count) => {
        const backoffMs = Math.min(LIMITS.asyncBackoffMs.most, LIMITS.asyncBackoffMs.first * 2 ** cohort.throttles);
        this.#wait({ dueMs: tick.startMs + backoffMs, attempt, throttles: cohort.throttles + 1, sinceMs, count });
      },
      invoked: (tick, durationMs, count, failed) => {
        this.#departures.addSpread(tick, durationMs, count - failed, isLast ? failed : 0, sampler);
        if (!isLast) retry(tick.endMs + durationMs, failed);
      },
      invokedAt: (tick, startMs, durationMs, isOk) => {
        if (isOk || isLast) this.#departures.addAt(tick, startMs + durationMs, isOk);
        else retry(startMs + durationMs, 1);
      },
    };
  }

  /** Waits till the tick in which it is due, with those like it; of their ages the youngest counts. */
  #wait(cohort: Cohort): void {
    const { tickMs } = this.#parts;
    const dueMs = Math.ceil(cohort.dueMs / tickMs) * tickMs;
    const sinceMs = Math.floor(cohort.sinceMs / 60_000) * 60_000;
    const same = this.#waiting.find(
      (other) =>
        other.dueMs === dueMs &&
        other.attempt === cohort.attempt &&
        other.throttles === cohort.throttles &&
        other.sinceMs === sinceMs,
    );
    if (same) same.count += cohort.count;
    else this.#waiting.push({ ...cohort, dueMs, sinceMs });
  }
}
