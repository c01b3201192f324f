/** Reads one by one as they are asked for, many at once as they are made: what is asked within one turn shares calls of at most `most` keys. */
export function coalescedReads<T>(
  most: number,
  readMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (key: string) => Promise<T | undefined> {
  let asked: { readonly keys: string[]; readonly read: Promise<ReadonlyMap<string, T>> } | undefined;
  const begin = (): NonNullable<typeof asked> => {
    const keys: string[] = [];
    const read = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      if (asked?.keys === keys) asked = undefined;
      return readMany(keys);
    });
    return { keys, read };
  };
  return async (key) => {
    asked ??= begin();
    const { keys, read } = asked;
    keys.push(key);
    if (keys.length >= most) asked = undefined;
    return (await read).get(key);
  };
}
