/** Records that wait, oldest first, as counts by the time they came. */
export class Backlog {
  readonly #times: number[] = [];
  readonly #counts: number[] = [];
  #first = 0;
  size = 0;

  /** When the oldest came; undefined where nothing waits. */
  get oldestMs(): number | undefined {
    return this.size > 0 ? this.#times[this.#first] : undefined;
  }

  add(timeMs: number, count: number): void {
    if (count <= 0) return;
    this.size += count;
    if (this.#times.length > this.#first && this.#times.at(-1) === timeMs)
      this.#counts[this.#counts.length - 1]! += count;
    else {
      this.#times.push(timeMs);
      this.#counts.push(count);
    }
  }

  /** Takes the oldest `count`. */
  take(count: number): number {
    let rest = Math.min(count, this.size);
    const taken = rest;
    this.size -= taken;
    while (rest > 0) {
      const here = Math.min(rest, this.#counts[this.#first]!);
      this.#counts[this.#first]! -= here;
      rest -= here;
      if (this.#counts[this.#first] === 0) this.#first++;
    }
    this.#compact();
    return taken;
  }

  /** Takes the newest `count`. */
  takeNewest(count: number): number {
    let rest = Math.min(count, this.size);
    const taken = rest;
    this.size -= taken;
    while (rest > 0) {
      const last = this.#counts.length - 1;
      const here = Math.min(rest, this.#counts[last]!);
      this.#counts[last]! -= here;
      rest -= here;
      if (this.#counts[last] === 0) {
        this.#counts.pop();
        this.#times.pop();
      }
    }
    return taken;
  }

  /** Takes what came before a time. */
  takeBefore(timeMs: number): number {
    let taken = 0;
    while (this.#first < this.#times.length && this.#times[this.#first]! < timeMs) {
      taken += this.#counts[this.#first]!;
      this.#first++;
    }
    this.size -= taken;
    this.#compact();
    return taken;
  }

  /** Puts `count` back in front; they count as old as the oldest that was there, or as `timeMs`. */
  putBack(timeMs: number, count: number): void {
    if (count <= 0) return;
    this.size += count;
    if (this.#first < this.#times.length && this.#times[this.#first]! <= timeMs) this.#counts[this.#first]! += count;
    else if (this.#first > 0) {
      this.#first--;
      this.#times[this.#first] = timeMs;
      this.#counts[this.#first] = count;
    } else {
      this.#times.unshift(timeMs);
      this.#counts.unshift(count);
    }
  }

  /** Everything of another one, in order of time; the other is empty afterwards. */
  merge(other: Backlog): void {
    const entries = [...this.#entries(), ...other.#entries()].sort(([a], [b]) => a - b);
    this.#clear();
    other.#clear();
    for (const [time, count] of entries) this.add(time, count);
  }

  #entries(): [number, number][] {
    return this.#times.slice(this.#first).map((time, index) => [time, this.#counts[this.#first + index]!]);
  }

  #clear(): void {
    this.#times.length = 0;
    this.#counts.length = 0;
    this.#first = 0;
    this.size = 0;
  }

  #compact(): void {
    if (this.#first < 4_096) return;
    this.#times.splice(0, this.#first);
    this.#counts.splice(0, this.#first);
    this.#first = 0;
  }
}
