/** Times at which single requests end and whether well, earliest first: a binary heap. */
export class ReleaseHeap {
  readonly #times: number[] = [];
  readonly #oks: boolean[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** Earliest end, `Infinity` where there is none. */
  get earliest(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  push(time: number, isOk: boolean): void {
    let index = this.#times.length;
    this.#times.push(time);
    this.#oks.push(isOk);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#times[parent]! <= time) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  /** Takes the earliest out and says whether it ended well. */
  pop(): boolean {
    const isOk = this.#oks[0]!;
    const time = this.#times.pop()!;
    const flag = this.#oks.pop()!;
    if (this.#times.length > 0) {
      this.#times[0] = time;
      this.#oks[0] = flag;
      this.#sink();
    }
    return isOk;
  }

  #sink(): void {
    const { length } = this.#times;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      if (left >= length) return;
      const child = left + 1 < length && this.#times[left + 1]! < this.#times[left]! ? left + 1 : left;
      if (this.#times[index]! <= this.#times[child]!) return;
      this.#swap(index, child);
      index = child;
    }
  }

  #swap(a: number, b: number): void {
    [this.#times[a], this.#times[b]] = [this.#times[b]!, this.#times[a]!];
    [this.#oks[a], this.#oks[b]] = [this.#oks[b]!, this.#oks[a]!];
  }
}
