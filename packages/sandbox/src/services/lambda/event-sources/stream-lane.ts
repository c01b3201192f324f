import type { ClockTimer } from '../../../core/time/clock.ts';
import type { KinesisRecord } from '../../kinesis/kinesis-peer.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { MAX_SYNC_PAYLOAD_BYTES } from '../lambda-limits.ts';
import { backOffMs } from './back-off.ts';
import { isActive, type Mapping } from './mapping.ts';
import { isServiceError } from './source-problem.ts';
import { recordBytes } from './stream-event.ts';
import { type Attempt, afterAttempt, type Discard, newWork, type StreamWork, withoutAged } from './stream-work.ts';

/** How often a failure destination is tried; AWS publishes no figure. */
const LETTER_ATTEMPTS = 5;

/** What a lane asks of the shard it belongs to. */
export interface LaneDeps {
  readonly core: LambdaCore;
  readonly mapping: Mapping;
  /** Reads on in the shard; records go to the lanes they belong to. */
  readonly fill: () => Promise<void>;
  readonly attempt: (work: StreamWork) => Promise<Attempt>;
  /** Sends what is given up to the failure destination, where there is one. */
  readonly discard: (letter: DeadLetter) => Promise<void>;
}

/** Records that are given up. */
export interface DeadLetter {
  readonly records: readonly KinesisRecord[];
  readonly condition: Discard;
  /** How often they were sent to the function. */
  readonly invokeCount: number;
}

interface Queued {
  readonly record: KinesisRecord;
  readonly queuedAt: number;
}

/**
 * One ordered sequence of batches: a shard, or the part of it that its partition keys give to one of ParallelizationFactor lanes.
 * A batch that fails blocks its own lane only. Waiting (batching window, back-off) is left to the clock, not tracked as work.
 */
export class StreamLane {
  readonly #deps: LaneDeps;
  readonly #queue: Queued[] = [];
  #work: readonly StreamWork[] = [];
  readonly #letters: DeadLetter[] = [];
  #returned = 0;
  #isRunning = false;
  #isWoken = false;
  #timer: ClockTimer | undefined;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
  }

  /** Nothing is left to be done of what it was given. */
  get isDrained(): boolean {
    return this.#queue.length === 0 && this.#work.length === 0 && this.#letters.length === 0;
  }

  push(record: KinesisRecord): void {
    this.#queue.push({ record, queuedAt: this.#deps.core.context.clock.now() });
  }

  wake(): void {
    this.#isWoken = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    const { context } = this.#deps.core;
    const run = this.#run().finally(() => {
      this.#isRunning = false;
    });
    void context.track(run).catch(context.report);
  }

  stop(): void {
    this.#timer?.cancel();
  }

  async #run(): Promise<void> {
    while (isActive(this.#deps.mapping)) {
      this.#isWoken = false;
      if (!(await this.#sendLetters())) return;
      const work = this.#work[0] ?? (await this.#nextBatch());
      if (!work) {
        if (this.#isWoken) continue;
        return;
      }
      const { clock } = this.#deps.core.context;
      if (work.notBefore > clock.now()) return this.#wakeIn(work.notBefore - clock.now());
      await this.#step(work);
    }
  }

  async #step(work: StreamWork): Promise<void> {
    const { core, mapping, attempt } = this.#deps;
    const { clock } = core.context;
    const rest = this.#work.slice(1);
    const { fresh, aged } = withoutAged(work, mapping.settings, clock.now());
    if (aged.length > 0)
      this.#letters.push({ records: aged, condition: 'RecordAgeExceeded', invokeCount: work.failures });
    this.#work = [fresh, ...rest];
    if (fresh.records.length === 0) {
      this.#work = rest;
      return;
    }
    const { remaining, discarded } = afterAttempt(fresh, await attempt(fresh), mapping.settings, clock.now());
    if (discarded) {
      this.#letters.push({ records: discarded, condition: 'RetryAttemptsExhausted', invokeCount: fresh.failures + 1 });
    }
    this.#work = [...remaining, ...rest];
  }

  /** False where a letter came back and has to wait; one that comes back too often is reported and lost, so that the shard goes on. */
  async #sendLetters(): Promise<boolean> {
    const { context } = this.#deps.core;
    for (let letter = this.#letters[0]; letter; letter = this.#letters[0]) {
      try {
        await this.#deps.discard(letter);
      } catch (error) {
        this.#returned += 1;
        if (isServiceError(error) && this.#returned < LETTER_ATTEMPTS) {
          this.#wakeIn(backOffMs(this.#returned));
          return false;
        }
        context.report(error);
      }
      this.#returned = 0;
      this.#letters.shift();
    }
    return true;
  }

  /** The next batch where it is full or its window has passed. */
  async #nextBatch(): Promise<StreamWork | undefined> {
    const { core, mapping, fill } = this.#deps;
    const { batchSize, batchingWindowSeconds } = mapping.settings;
    if (this.#queue.length < batchSize) await fill();
    const oldest = this.#queue[0];
    if (!oldest) return undefined;
    const batch = this.#fullBatch();
    const dueAt = oldest.queuedAt + batchingWindowSeconds * 1_000;
    const now = core.context.clock.now();
    if (!batch.isFull && dueAt > now) {
      this.#wakeIn(dueAt - now);
      return undefined;
    }
    this.#queue.splice(0, batch.count);
    const work = newWork(batch.records);
    this.#work = [work];
    return work;
  }

  #fullBatch() {
    const { batchSize } = this.#deps.mapping.settings;
    let bytes = 0;
    let count = 0;
    for (const { record } of this.#queue) {
      bytes += recordBytes(record);
      if (count === batchSize || (count > 0 && bytes > MAX_SYNC_PAYLOAD_BYTES)) {
        return { isFull: true, count, records: this.#records(count) };
      }
      count += 1;
    }
    return { isFull: count === batchSize, count, records: this.#records(count) };
  }

  #records(count: number): readonly KinesisRecord[] {
    return this.#queue.slice(0, count).map(({ record }) => record);
  }

  #wakeIn(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#deps.core.context.clock.schedule(delayMs, () => this.wake());
  }
}
