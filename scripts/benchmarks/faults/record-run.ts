import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from '@aws-sdk/client-xray';
import { catchEvents, type Sandbox } from '../../../packages/sandbox/src/index.ts';

/** X-Ray answers no more in a call. */
const TRACES_A_CALL = 5;

/** What a recording holds, a line each. */
export type RecordedLine =
  /** As the bus told it: windows, and calls of the AWS API. */
  | { readonly kind: 'event'; readonly event: { readonly 'detail-type': string; readonly caughtAt: number } }
  /** Segment documents of X-Ray. */
  | { readonly kind: 'trace'; readonly id: string; readonly documents: readonly string[] }
  | { readonly kind: 'fault'; readonly name: string; readonly onset: number; readonly endedAt: number };

export interface Recording {
  /** Writes what was told and traced since the last time. */
  keep(): Promise<void>;
  keepFault(name: string, onset: number, endedAt: number): Promise<void>;
}

/** Writes what the diagnosis is given into a file of JSON lines, so that rules can be judged by it without another run. */
export async function recordRun(sandbox: Sandbox, file: string, now: () => number): Promise<Recording> {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  const write = (lines: readonly RecordedLine[]): void =>
    appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const told = await catchEvents(sandbox, { bus: 'lamplighter-dev', detailTypes: ['WindowsClosed'], name: 'recorded' });
  const called = await catchEvents(sandbox, { bus: 'default', detailTypes: ['AWS API Call via CloudTrail'] });
  let from = now();
  const keep = async (): Promise<void> => {
    const events = [...(await told()), ...(await called())];
    const until = now();
    const traces = await tracesBetween(sandbox, from, until);
    from = until;
    write([...events.map((event) => ({ kind: 'event', event }) as const), ...traces]);
  };
  return {
    keep,
    async keepFault(name, onset, endedAt) {
      await keep();
      write([{ kind: 'fault', name, onset, endedAt }]);
    },
  };
}

async function tracesBetween(sandbox: Sandbox, from: number, until: number): Promise<RecordedLine[]> {
  const client = sandbox.client(XRayClient);
  const ids: string[] = [];
  for (let NextToken: string | undefined; ; ) {
    // In whole seconds, both included: a trace of the last one is told twice.
    const range = { StartTime: new Date(from), EndTime: new Date(until), ...(NextToken && { NextToken }) };
    const page = await client.send(new GetTraceSummariesCommand(range));
    ids.push(...(page.TraceSummaries ?? []).flatMap(({ Id }) => Id ?? []));
    NextToken = page.NextToken;
    if (NextToken === undefined) break;
  }
  const lines: RecordedLine[] = [];
  for (let at = 0; at < ids.length; at += TRACES_A_CALL) {
    const TraceIds = ids.slice(at, at + TRACES_A_CALL);
    const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds }));
    for (const { Id = '', Segments = [] } of Traces)
      lines.push({ kind: 'trace', id: Id, documents: Segments.flatMap(({ Document }) => Document ?? []) });
  }
  return lines;
}
