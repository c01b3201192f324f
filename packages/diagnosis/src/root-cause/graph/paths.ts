import type { CalleesOf } from './call-order.ts';

/**
 * From `target` to each node that its calls lead to, the path with the fewest nodes that did not move; then the shortest.
 * Dijkstra's algorithm on whole numbers: a node that moved costs 1, another `nodes + 1`. O(nodes^2).
 */
export function findPaths(
  callees: CalleesOf,
  target: string,
  hasMoved: (id: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const detour = callees.size + 1;
  const cost = new Map<string, number>([[target, 0]]);
  const previous = new Map<string, string>();
  const open = new Set([target]);
  const done = new Set<string>();
  while (open.size > 0) {
    const nearest = cheapest(open, cost);
    open.delete(nearest);
    done.add(nearest);
    for (const callee of callees.get(nearest) ?? []) {
      const next = (cost.get(nearest) ?? 0) + (hasMoved(callee) ? 1 : detour);
      if (done.has(callee) || next >= (cost.get(callee) ?? Number.POSITIVE_INFINITY)) continue;
      cost.set(callee, next);
      previous.set(callee, nearest);
      open.add(callee);
    }
  }
  return new Map([...done].map((id) => [id, traceBack(id, previous)]));
}

function cheapest(open: ReadonlySet<string>, cost: ReadonlyMap<string, number>): string {
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const id of open) {
    const own = cost.get(id) ?? Number.POSITIVE_INFINITY;
    if (own < least) [best, least] = [id, own];
  }
  return best;
}

function traceBack(id: string, previous: ReadonlyMap<string, string>): readonly string[] {
  const path = [id];
  for (let at = previous.get(id); at !== undefined; at = previous.get(at)) path.unshift(at);
  return path;
}
