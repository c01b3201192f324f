import type { TraceSpan } from '@lamplighter/contracts';
import { gapsWithin, type Interval } from './intervals.ts';
import { spanTime } from './run.ts';
import { type SpanNode, walkDown } from './span-tree.ts';

/** Whose spans are the request's own. */
export interface Whose {
  readonly requestId: string;
  readonly functionName?: string | undefined;
}

/** What Lambda names the parts of its segments that are the handler itself (X-Ray Developer Guide, "AWS Lambda and AWS X-Ray"). */
const HANDLER = /^(Invocation|Attempt #\d+)$/;

/**
 * The stretches of a handler's time that no span explains: in which none of its calls was under way, nor work of its own that has a span. A span that is the request itself explains nothing, nor does
 * one that leads to it; work that has parts is explained by these. Below a call nobody looks: whoever was called is part of it. O(n log n).
 */
export function ownCode(roots: readonly SpanNode[], handler: Interval, whose: Whose): readonly Interval[] {
  const nodes = walkDown(roots);
  const leading = leadingToRequest(nodes, whose);
  /** Spans of which what hangs below them is looked at. */
  const open = new Set<SpanNode>();
  const explained: Interval[] = [];
  for (const { node, parent } of nodes) {
    const isPart = parent === undefined ? isPartByItself(node, leading.size > 0, whose) : open.has(parent);
    if (isRequest(node.span, whose)) open.add(node);
    else if (isPart && !leading.has(node) && isExplanation(node)) explained.push(spanTime(node.span));
    else if (isPart) open.add(node);
  }
  return gapsWithin(explained, handler);
}

/** Spans that are the request, and those above them. */
function leadingToRequest(nodes: ReturnType<typeof walkDown>, whose: Whose): ReadonlySet<SpanNode> {
  const leading = new Set<SpanNode>();
  for (const { node, parent } of nodes.toReversed()) {
    if (isRequest(node.span, whose)) leading.add(node);
    if (parent !== undefined && leading.has(node)) leading.add(parent);
  }
  return leading;
}

/** One that hangs below nothing is part of the request where nobody else is known to have made it: the parent of what a timeout cut off is never told. */
function isPartByItself({ span, isOrphan }: SpanNode, isRequestKnown: boolean, { functionName }: Whose): boolean {
  if (!isRequestKnown) return true;
  return span.functionName === undefined
    ? isOrphan
    : span.functionName === functionName && span.requestId === undefined;
}

const isExplanation = ({ span, children }: SpanNode): boolean =>
  isCall(span) || (children.length === 0 && !HANDLER.test(span.name));

const isCall = ({ remoteService, spanKind }: TraceSpan): boolean =>
  remoteService !== undefined || spanKind === 'client' || spanKind === 'producer';

function isRequest(span: TraceSpan, { requestId, functionName }: Whose): boolean {
  if (isCall(span)) return false;
  if (span.requestId !== undefined) return span.requestId === requestId;
  const isServed = span.spanKind === 'server' || span.spanKind === 'consumer';
  return isServed && functionName !== undefined && span.functionName === functionName;
}
