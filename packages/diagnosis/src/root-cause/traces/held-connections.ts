import type { Span } from './span.ts';

/** PostgreSQL's word for a session that began a transaction and does nothing in it (pg_stat_activity.state). */
export const IDLE_IN_TRANSACTION = 'idle in transaction';

/** SQL's words (PostgreSQL, BEGIN, START TRANSACTION, COMMIT, END): `start` and `end` alone are anybody's. */
const BEGIN = /^(?:(.+): )?(?:begin(?: transaction| work)?|start transaction)$/i;
const END = /^(?:(.+): )?(?:(?:commit|rollback)(?: transaction| work)?|end (?:transaction|work))$/i;
const PREFIX = /^(.+): /;

/**
 * The spans, and one more for each stretch in which a transaction is open and its database is asked nothing: the connection is kept from everybody else for as long, and no span of the
 * database tells it. A transaction reaches from its `begin` to the `commit` or `rollback` of the same service below the same parent; one whose end is not traced is left as it is. O(spans log spans).
 */
export function withHeldConnections(spans: readonly Span[]): readonly Span[] {
  const siblings = Map.groupBy(spans, ({ traceId, parentId = '' }) => JSON.stringify([traceId, parentId]));
  const held = [...siblings.values()].flatMap(heldAmong);
  return held.length === 0 ? spans : [...spans, ...held];
}

function heldAmong(siblings: readonly Span[]): Span[] {
  const open = new Map<string, { readonly begin: Span; readonly since: Span[] }>();
  const held: Span[] = [];
  for (const span of [...siblings].sort((a, b) => a.startMs - b.startMs)) {
    for (const service of new Set([span.service, PREFIX.exec(span.name)?.[1] ?? span.service]))
      open.get(service)?.since.push(span);
    const [begins, ends] = [serviceOf(span, BEGIN), serviceOf(span, END)];
    if (begins !== undefined) open.set(begins, { begin: span, since: [] });
    const ended = ends === undefined ? undefined : open.get(ends);
    if (ends === undefined || ended === undefined) continue;
    held.push(...idleStretches(ended.begin, ended.since, ends));
    open.delete(ends);
  }
  return held;
}

/** Between the spans of the transaction's own service, the last of which is its end. */
function idleStretches(begin: Span, own: readonly Span[], service: string): Span[] {
  const idle: Span[] = [];
  let reachedMs = begin.startMs + begin.durationMs;
  for (const span of own) {
    if (span.startMs > reachedMs)
      idle.push({
        ...begin,
        spanId: `${begin.spanId}/idle-${idle.length}`,
        service,
        name: IDLE_IN_TRANSACTION,
        startMs: reachedMs,
        durationMs: span.startMs - reachedMs,
        isError: false,
      });
    reachedMs = Math.max(reachedMs, span.startMs + span.durationMs);
  }
  return idle;
}

/** Whose transaction a span begins or ends: the name before the colon, else the span's service. */
function serviceOf({ service, name }: Span, pattern: RegExp): string | undefined {
  const found = pattern.exec(name);
  return found === null ? undefined : (found[1] ?? service);
}
