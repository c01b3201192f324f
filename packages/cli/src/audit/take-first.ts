/** The first values of an asynchronous iteration, which is read no further than it has to be, and whether there are more. */
export async function takeFirst<T>(
  values: AsyncIterable<T>,
  limit: number,
): Promise<{ readonly taken: readonly T[]; readonly hasMore: boolean }> {
  const taken: T[] = [];
  for await (const value of values) {
    if (taken.length === limit) return { taken, hasMore: true };
    taken.push(value);
  }
  return { taken, hasMore: false };
}
