import type { Evidence } from '../answer.ts';
import type { CalleesOf } from '../graph/call-order.ts';
import type { Excess } from '../measures/excess.ts';
import type { Periods } from '../measures/periods.ts';
import type { Currency } from './candidate.ts';
import type { ObservedNode } from './observed-node.ts';

/** A metric has moved from so many usual deviations on. */
const MOVED_DEVIATIONS = 3;

interface Surroundings {
  readonly callees: CalleesOf;
  readonly nodes: ReadonlyMap<string, ObservedNode>;
  readonly periods: Periods;
  /** What the target suffers in: this is told first. */
  readonly currency: Currency;
}

export function hasMoved(node: ObservedNode | undefined): boolean {
  return node !== undefined && [...node.time, ...node.errors].some(isMove);
}

/** Start of the first period in which time or errors moved; undefined where neither did. */
export function startOf(node: ObservedNode | undefined, { since }: Periods): number | undefined {
  const index = since.findIndex((_, at) => [node?.time[at], node?.errors[at]].some((each) => each && isMove(each)));
  return since[index];
}

/** What moved at a node: first what the target suffers in, then the farthest; below the mark too where nothing else did, so that a ranked node always says why. */
export function gatherEvidence(id: string, surroundings: Surroundings): readonly Evidence[] {
  const node = surroundings.nodes.get(id);
  if (node === undefined) return [];
  const { since } = surroundings.periods;
  const first = surroundings.currency === 'time' ? 'slower' : 'failing';
  const moved = [
    ...moveOf('slower', 'latency', node.time, since),
    ...moveOf('failing', 'errors', node.errors, since),
    ...node.gauges.map((gauge): Evidence => ({ kind: 'unusual', ...gauge })),
  ].sort((a, b) => Number(b.kind === first) - Number(a.kind === first) || b.deviations - a.deviations);
  const clear = moved.filter(isClearEvidence);
  return [...(clear.length > 0 ? clear : moved.slice(0, 1)), ...newCalls(id, surroundings), ...silence(node, since)];
}

function moveOf(
  kind: 'slower' | 'failing',
  metric: string,
  excess: readonly Excess[],
  since: readonly number[],
): readonly Evidence[] {
  const peak = excess.reduce<Excess | undefined>(
    (most, each) => (each.amount > (most?.amount ?? 0) ? each : most),
    undefined,
  );
  if (peak === undefined) return [];
  const first = excess.findIndex((each) => isMove(each));
  const start = since[first === -1 ? excess.indexOf(peak) : first] ?? 0;
  const { normal, observed } = peak;
  const deviations = Math.max(...excess.map((each) => each.deviations));
  return [{ kind, metric, normal, observed, deviations, since: start }];
}

function newCalls(id: string, { callees, nodes, periods }: Surroundings): readonly Evidence[] {
  return (callees.get(id) ?? []).flatMap((callee): readonly Evidence[] => {
    const other = nodes.get(callee);
    if (other?.isNew !== true) return [];
    const observed = other.observedRequests;
    return [
      {
        kind: 'new-call',
        metric: 'requests',
        normal: 0,
        observed,
        deviations: 0,
        since: periods.since[0] ?? 0,
        callee,
      },
    ];
  });
}

function silence(node: ObservedNode, since: readonly number[]): readonly Evidence[] {
  if (!node.isSilent) return [];
  return [
    {
      kind: 'silent',
      metric: 'requests',
      normal: node.normalRequests,
      observed: 0,
      deviations: 0,
      since: since[0] ?? 0,
    },
  ];
}

/** No guess: beyond the mark, or a call that is new, or silence. */
export function isClearEvidence({ kind, deviations }: Evidence): boolean {
  return kind === 'new-call' || kind === 'silent' || deviations >= MOVED_DEVIATIONS;
}

const isMove = ({ deviations }: Excess): boolean => deviations >= MOVED_DEVIATIONS;
