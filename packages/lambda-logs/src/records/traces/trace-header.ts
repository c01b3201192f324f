import type { TraceContext } from '../log-record.ts';

/** Takes an `X-Amzn-Trace-Id` value apart: `Root=1-…;Parent=…;Sampled=1;Lineage=…`. */
export function readTraceHeader(value: string): TraceContext {
  const traceId = field(value, 'Root=');
  const segmentId = field(value, 'Parent=');
  const sampled = field(value, 'Sampled=');
  return {
    ...(traceId === undefined ? {} : { traceId }),
    ...(segmentId === undefined ? {} : { segmentId }),
    ...(sampled === undefined ? {} : { sampled: sampled === '1' }),
  };
}

function field(value: string, name: string): string | undefined {
  const at = value.indexOf(name);
  if (at === -1) return undefined;
  const end = value.indexOf(';', at);
  const found = value.slice(at + name.length, end === -1 ? undefined : end).trim();
  return found === '' ? undefined : found;
}
