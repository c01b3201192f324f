/** Writes in flight at once: enough to hide the round trip, few enough for the connection pool. */
const CONCURRENCY = 32;

/** Does it to every item, some at a time; throws the first error once all that was begun has ended. */
export async function eachOf<Item>(items: readonly Item[], effect: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await effect(items[next++]!);
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(CONCURRENCY, items.length) }, lane));
  const failed = lanes.find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
}
