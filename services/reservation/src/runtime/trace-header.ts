export interface TraceHeader {
  readonly traceId: string;
  readonly parentId: string;
}

/** Lambda's trace header, `Root=1-…;Parent=…;Sampled=1`; undefined where the invocation is not sampled. */
export function readTraceHeader(header: string | undefined): TraceHeader | undefined {
  const fields = new Map((header ?? '').split(';').map((field) => field.trim().split('=') as [string, string]));
  const [traceId, parentId] = [fields.get('Root'), fields.get('Parent')];
  const isSampled = fields.get('Sampled') === '1' && traceId !== undefined && parentId !== undefined;
  return isSampled ? { traceId, parentId } : undefined;
}
