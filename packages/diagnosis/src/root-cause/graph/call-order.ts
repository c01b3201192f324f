import type { CallEdge, ServiceGraph } from '../question.ts';

/** Who calls whom, without the calls that would lead back: callees by caller. */
export type CalleesOf = ReadonlyMap<string, readonly string[]>;

/**
 * The calls of a graph as a directed graph without cycles: a depth-first walk from `start`, then from what it did not reach, drops each
 * call that leads back to where the walk came from. Ends that are no nodes, repeated calls and calls of itself are dropped. O(nodes + edges).
 */
export function orderCalls(graph: ServiceGraph, start: string): CalleesOf {
  const given = groupByCaller(graph);
  const kept = new Map<string, string[]>([...given.keys()].map((id) => [id, []]));
  const state = new Map<string, 'open' | 'done'>();
  for (const root of [start, ...given.keys()]) {
    if (given.has(root) && !state.has(root)) walk(root, given, kept, state);
  }
  return kept;
}

function walk(
  root: string,
  given: CalleesOf,
  kept: ReadonlyMap<string, string[]>,
  state: Map<string, 'open' | 'done'>,
): void {
  const stack = [{ id: root, next: 0 }];
  state.set(root, 'open');
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const callee = given.get(top.id)?.[top.next];
    top.next += 1;
    if (callee === undefined) {
      state.set(top.id, 'done');
      stack.pop();
      continue;
    }
    if (state.get(callee) !== 'open') kept.get(top.id)?.push(callee);
    if (!state.has(callee)) {
      state.set(callee, 'open');
      stack.push({ id: callee, next: 0 });
    }
  }
}

function groupByCaller({ nodes, edges }: ServiceGraph): Map<string, string[]> {
  const callees = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set<string>()]));
  for (const { caller, callee } of edges as readonly CallEdge[]) {
    if (caller !== callee && callees.has(callee)) callees.get(caller)?.add(callee);
  }
  return new Map([...callees].map(([id, set]) => [id, [...set]]));
}
