import type { Segment, TraceSegment } from './segment.ts';

export interface Trace {
  readonly id: string;
  /** Documents by id; a later one replaces one that was in progress. */
  readonly documents: Map<string, TraceSegment>;
}

/** X-Ray keeps traces for 30 days; the sandbox keeps the newest. */
const MOST_TRACES = 20_000;

/** Traces, in the order in which their first documents came. */
export class TraceStore {
  readonly #traces = new Map<string, Trace>();

  add(document: TraceSegment): void {
    const trace = this.#traces.get(document.trace_id) ?? { id: document.trace_id, documents: new Map() };
    trace.documents.set(document.id, document);
    this.#traces.set(trace.id, trace);
    if (this.#traces.size <= MOST_TRACES) return;
    for (const oldest of this.#traces.keys()) {
      this.#traces.delete(oldest);
      return;
    }
  }

  get(id: string): Trace | undefined {
    return this.#traces.get(id);
  }

  all(): readonly Trace[] {
    return [...this.#traces.values()];
  }
}

/** A trace's segments, each with the subsegments that were sent by themselves in their places. One whose parent never came stands alone. */
export function assemble({ documents }: Trace): readonly Segment[] {
  const all = [...documents.values()];
  const known = new Set(all.flatMap(idsIn));
  const childrenOf = (id: string) =>
    all.filter(({ type, parent_id: parentId }) => type === 'subsegment' && parentId === id);
  const withChildren = (segment: Segment): Segment => {
    const nested = [...(segment.subsegments ?? []), ...childrenOf(segment.id).map(embedded)];
    return nested.length === 0 ? segment : { ...segment, subsegments: nested.map(withChildren) };
  };
  return all
    .filter(({ type, parent_id: parentId = '' }) => type !== 'subsegment' || !known.has(parentId))
    .map(withChildren);
}

const idsIn = (segment: Segment): readonly string[] => [segment.id, ...(segment.subsegments ?? []).flatMap(idsIn)];

/** What a subsegment needs only while it travels alone. */
function embedded({ trace_id: _trace, parent_id: _parent, type: _type, ...rest }: TraceSegment): Segment {
  return rest;
}
