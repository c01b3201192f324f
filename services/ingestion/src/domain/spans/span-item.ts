import { createHash } from 'node:crypto';
import type { TraceSpan } from '@lamplighter/contracts';
import { canonicalJson } from '../canonical-json.ts';
import { expiryOf } from '../expiry-of.ts';
import { startKeyOf } from '../index-keys.ts';

/** A span in the audit table. */
export interface SpanItem {
  /** `TRACE#<32 hex digits>`. */
  readonly pk: string;
  /** `SPAN#<start>#<span id>#<hash of the content>`: a repeated delivery is the same item, and a forged twin another. */
  readonly sk: string;
  readonly span: TraceSpan;
  readonly expiresAt: number;
}

export function spanItem(span: TraceSpan, auditDays: number): SpanItem {
  const hash = createHash('sha256').update(canonicalJson(span)).digest('base64url').slice(0, 12);
  return {
    pk: tracePartitionOf(span.traceId),
    sk: `SPAN#${startKeyOf(span.startedAt, span.spanId)}#${hash}`,
    span,
    expiresAt: expiryOf(span.startedAt, auditDays),
  };
}

export function tracePartitionOf(traceId: string): string {
  return `TRACE#${traceId}`;
}
