/** Bounds of a range read, as LevelDB names them. `limit` of -1 means all. */
export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Values under ASCII keys, readable in key order. Insertion is a binary search and one array shift. */
export class SortedMap<Value> {
  readonly #keys: string[] = [];
  readonly #values = new Map<string, Value>();

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#firstAtOrAfter(key), 0, key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#firstAtOrAfter(key), 1);
  }

  values(range: Range = {}): Value[] {
    const from = this.#start(range);
    const to = Math.max(from, this.#end(range));
    const limit = range.limit !== undefined && range.limit >= 0 ? range.limit : to - from;
    const keys = range.reverse
      ? this.#keys.slice(Math.max(from, to - limit), to).reverse()
      : this.#keys.slice(from, Math.min(to, from + limit));
    return keys.map((key) => this.#values.get(key) as Value);
  }

  #start({ gt, gte }: Range): number {
    if (gt !== undefined) return this.#firstAfter(gt);
    return gte === undefined ? 0 : this.#firstAtOrAfter(gte);
  }

  #end({ lt, lte }: Range): number {
    if (lt !== undefined) return this.#firstAtOrAfter(lt);
    return lte === undefined ? this.#keys.length : this.#firstAfter(lte);
  }

  #firstAfter(key: string): number {
    const index = this.#firstAtOrAfter(key);
    return this.#keys[index] === key ? index + 1 : index;
  }

  #firstAtOrAfter(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
