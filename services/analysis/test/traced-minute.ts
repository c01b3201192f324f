import { createHash } from 'node:crypto';
import { PutTraceSegmentsCommand, XRayClient } from '@aws-sdk/client-xray';
import type { Sandbox } from '@lamplighter/sandbox';

const hex = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/** The id of the trace of a call: every fifth one is traced. */
export function traceIdAt(functionName: string, start: number, call: number): string | undefined {
  if (call % 5 !== 0) return undefined;
  return `1-${Math.floor(start / 1000).toString(16)}-${hex(`${functionName}/${start}/${call}`, 24)}`;
}

/** Segments of a minute's traced calls: the function's own, with its code and one call of another service in it. */
export async function putTraces(
  sandbox: Sandbox,
  functionName: string,
  minute: { readonly start: number; readonly calls: number; readonly ownMs: number; readonly calledMs: number },
): Promise<void> {
  const { start, calls, ownMs, calledMs } = minute;
  const documents = Array.from({ length: calls }, (_, call) => {
    const trace_id = traceIdAt(functionName, start, call);
    if (trace_id === undefined) return [];
    const begins = (start + call * 1_000) / 1000;
    const noise = 0.9 + 0.2 * ((call * 0.618) % 1);
    const [own, called] = [(ownMs * noise) / 1000, (calledMs * noise) / 1000];
    const time = (from: number, seconds: number) => ({ start_time: from, end_time: from + seconds });
    const request = { id: hex(`${trace_id}/call`, 16), name: 'payments.example.com', namespace: 'remote' };
    const handler = {
      id: hex(`${trace_id}/own`, 16),
      name: '## handler',
      ...time(begins, own + called),
      subsegments: [{ ...request, ...time(begins + own, called) }],
    };
    const segment = { id: hex(`${trace_id}/root`, 16), trace_id, name: functionName, origin: 'AWS::Lambda::Function' };
    return [JSON.stringify({ ...segment, ...time(begins, own + called), subsegments: [handler] })];
  }).flat();
  for (let at = 0; at < documents.length; at += 25)
    await sandbox
      .client(XRayClient)
      .send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: documents.slice(at, at + 25) }));
}
