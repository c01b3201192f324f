import { randomBytes } from 'node:crypto';
import type { Tracing } from '../platform-log/platform-log.ts';
import { lineageThrough } from './lineage.ts';

export interface TracingRequest {
  /** The caller's `X-Amzn-Trace-Id`, where it sent one. */
  readonly incoming: string | undefined;
  readonly functionArn: string;
  readonly isActive: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Trace header of an invocation: continues the caller's trace and lineage, or starts one. Active tracing samples a new trace. */
export function traceInvocation({ incoming, functionArn, isActive, now }: TracingRequest): Tracing {
  const fields = new Map((incoming ?? '').split(';').map((part) => part.split('=', 2) as [string, string]));
  const traceId = fields.get('Root') ?? `1-${hex(Math.floor(now / 1_000), 8)}-${randomBytes(12).toString('hex')}`;
  const segmentId = randomBytes(8).toString('hex');
  const isSampled = isActive && fields.get('Sampled') !== '0';
  const lineage = lineageThrough(incoming, functionArn);
  const header = `Root=${traceId};Parent=${segmentId};Sampled=${isSampled ? 1 : 0};Lineage=${lineage}`;
  return { traceId, segmentId, isSampled, header };
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
