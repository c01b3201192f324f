/** The records of the batches that a mapping demanded in a tick, until it is told what became of each batch. */
export class DemandedRecords {
  #batches = 0;
  #records = 0;

  demand(batches: number, records: number): void {
    this.#batches = batches;
    this.#records = records;
  }

  /** Whole records of that many of the batches. */
  take(batches: number): number {
    if (batches <= 0) return 0;
    const records = batches >= this.#batches ? this.#records : Math.round((this.#records * batches) / this.#batches);
    this.#batches -= batches;
    this.#records -= records;
    return records;
  }
}
