import type { CallEdge, NodeSeries, RootCauseQuestion } from '../question.ts';

export const ONSET = Date.UTC(2026, 10, 21, 12);
export const MINUTE = 60_000;

/** A node's behaviour: values before the onset, and since. */
export interface Behaviour {
  readonly requests?: readonly [number, number];
  readonly latency?: readonly [number, number];
  readonly errors?: readonly [number, number];
  readonly cpu?: readonly [number, number];
}

/** Twenty minutes before the onset and five since of nodes that behave evenly; `null` where a value is NaN. */
export function makeQuestion(
  nodes: Readonly<Record<string, Behaviour>>,
  calls: readonly (readonly [string, string])[],
  metric = 'latency',
): RootCauseQuestion {
  const edges = calls.map(([caller, callee]): CallEdge => ({ caller, callee }));
  const series = Object.entries(nodes).flatMap(([node, behaviour]) =>
    Object.entries(behaviour).map(([name, [before, since]]) => makeSeries(node, name, before, since)),
  );
  const [target = ''] = Object.keys(nodes);
  return {
    graph: { nodes: Object.keys(nodes).map((id) => ({ id })), edges },
    series,
    target: { node: target, metric },
    onset: ONSET,
  };
}

function makeSeries(node: string, metric: string, before: number, since: number): NodeSeries {
  const points = Array.from({ length: 25 }, (_, index) => {
    const level = index < 20 ? before : since;
    const wave = 1 + 0.02 * Math.sin(index * 2.4);
    return { timestamp: ONSET + (index - 20) * MINUTE, value: Number.isNaN(level) ? null : level * wave };
  });
  return { node, metric, statistic: metric === 'latency' || metric === 'cpu' ? 'Average' : 'Sum', points };
}
