import { randomBytes } from 'node:crypto';
import type { Tracing } from '../platform-log/platform-log.ts';

export interface TracingRequest {
  /** The caller's `X-Amzn-Trace-Id`, where it sent one. */
  readonly incoming: string | undefined;
  readonly isActive: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Trace header of an invocation: continues the caller's trace, or starts one. Active tracing samples a new trace. */
export function traceInvocation({ incoming, isActive, now }: TracingRequest): Tracing {
  const fields = new Map((incoming ?? '').split(';').map((part) => part.split('=', 2) as [string, string]));
  const traceId = fields.get('Root') ?? `1-${hex(Math.floor(now / 1_000), 8)}-${randomBytes(12).toString('hex')}`;
  const segmentId = randomBytes(8).toString('hex');
  const isSampled = isActive && fields.get('Sampled') !== '0';
  return { traceId, segmentId, isSampled, header: `Root=${traceId};Parent=${segmentId};Sampled=${isSampled ? 1 : 0}` };
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
