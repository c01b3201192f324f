const MOST = 5;
/** An id that shares fewer characters at its beginning is not alike. */
const LEAST_SHARED = 4;

/** Of some ids those that look most like one: they begin alike. The best first, at most five. */
export function nearestIds(wanted: string, ids: readonly string[]): string[] {
  return ids
    .map((id) => ({ id, shared: sharedPrefix(wanted, id) }))
    .filter(({ shared }) => shared >= Math.min(LEAST_SHARED, wanted.length))
    .sort((a, b) => b.shared - a.shared || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ id }) => id);
}

function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length]?.toLowerCase() === b[length]?.toLowerCase()) length++;
  return length;
}
