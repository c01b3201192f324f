import type { Agenda } from './agenda.ts';

export interface QueueSettings<T> {
  readonly agenda: Agenda;
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  readonly visibilityMs: number;
  readonly maxReceiveCount: number;
  /** Whether a message comes a second time, as a standard queue may have it. */
  readonly comesTwice: () => boolean;
  /** Works on a batch; gives those that failed, all of them where the worker died. */
  readonly work: (batch: readonly T[]) => Promise<readonly T[]>;
}

/** While the first may still be at work. */
const SECOND_AFTER_MS = 2_000;

interface Message<T> {
  readonly body: T;
  readonly receives: number;
}

/** A queue and the workers that its mapping runs, as SQS and Lambda have them: what fails comes again, and lies apart after so many times. */
export class MemoryQueue<T> {
  readonly deadLetters: T[] = [];
  readonly #settings: QueueSettings<T>;
  #visible: Message<T>[] = [];
  #taken = 0;
  #workers = 0;

  constructor(settings: QueueSettings<T>) {
    this.#settings = settings;
  }

  send(bodies: readonly T[], delayMs = 0): void {
    const { agenda, comesTwice } = this.#settings;
    for (const body of bodies) {
      const show = () => this.#show({ body, receives: 0 });
      agenda.at(agenda.now() + delayMs, show);
      if (comesTwice()) agenda.at(agenda.now() + delayMs + SECOND_AFTER_MS, show);
    }
  }

  #show(message: Message<T>): void {
    this.#visible.push(message);
    this.#startWorkers();
  }

  #startWorkers(): void {
    const { agenda, batchSize, maximumConcurrency } = this.#settings;
    while (this.#workers < maximumConcurrency && this.#taken < this.#visible.length) {
      const batch = this.#visible.slice(this.#taken, this.#taken + batchSize);
      this.#taken += batch.length;
      this.#workers++;
      agenda.run(async () => {
        await this.#workOn(batch);
        this.#workers--;
        this.#forgetTaken();
        this.#startWorkers();
      });
    }
  }

  async #workOn(batch: readonly Message<T>[]): Promise<void> {
    const { agenda, visibilityMs, maxReceiveCount, work } = this.#settings;
    const failed = new Set(await work(batch.map(({ body }) => body)));
    for (const { body, receives } of batch) {
      if (!failed.has(body)) continue;
      if (receives + 1 >= maxReceiveCount) this.deadLetters.push(body);
      else agenda.at(agenda.now() + visibilityMs, () => this.#show({ body, receives: receives + 1 }));
    }
  }

  #forgetTaken(): void {
    if (this.#taken < 1_000) return;
    this.#visible = this.#visible.slice(this.#taken);
    this.#taken = 0;
  }
}
