/** Numbers for the names that paths use, looked up by the hash that the scan has taken already. Other names are 0. */
export interface NameTable {
  readonly names: readonly string[];
  /** Open addressing: the number of a name, or 0 for an empty place. */
  readonly slots: Int32Array;
}

/** The hash of a name as the scan takes it. */
export function hashName(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  return hash;
}

export function newNameTable(distinctNames: readonly string[]): NameTable {
  const names = ['', ...distinctNames];
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * names.length)));
  for (let id = 1; id < names.length; id += 1) {
    let slot = firstSlot(hashName(names[id]!), slots.length);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = id;
  }
  return { names, slots };
}

/** The number of the name between two offsets, or 0. */
export function findName(
  { names, slots }: NameTable,
  document: string,
  start: number,
  end: number,
  hash: number,
): number {
  let slot = firstSlot(hash, slots.length);
  for (;;) {
    const id = slots[slot]!;
    if (id === 0 || isName(names[id]!, document, start, end)) return id;
    slot = (slot + 1) & (slots.length - 1);
  }
}

const firstSlot = (hash: number, size: number): number => (hash ^ (hash >>> 15)) & (size - 1);

function isName(name: string, document: string, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = start, index = 0; at < end; at += 1, index += 1)
    if (document.charCodeAt(at) !== name.charCodeAt(index)) return false;
  return true;
}
