import {
  BatchGetTracesCommand,
  type BatchGetTracesCommandInput,
  type BatchGetTracesCommandOutput,
  GetTraceSummariesCommand,
  type XRayClient,
} from '@aws-sdk/client-xray';
import type { Span } from '@lamplighter/diagnosis';
import type { TracePort } from '../ports.ts';
import { partsOf, spread } from './spread.ts';
import { spansOfSegment } from './xray-segment.ts';

/** Limits of the API: https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html and API_GetTraceSummaries.html (six hours at most). */
const IDS_A_CALL = 5;
const BEFORE_MS = 3_600_000;
const MOST_WIDE_MS = 6 * 3_600_000;
/** Summaries come in pages, in no order that is told: a busy function is asked in parts of the range, and of each no more than so many pages, since X-Ray bills each trace that it looks at. */
const PARTS = 4;
const MOST_PAGES = 2;
/** Pages of a batch, or tries of what was not processed. */
const MOST_CALLS_A_BATCH = 4;

/** Traces from the X-Ray API, for accounts without Transaction Search; those of another account or region are there. */
export function xrayTraces(
  client: Pick<XRayClient, 'send'>,
  own: { readonly accountId: string; readonly region: string },
): TracePort {
  const idsWithin = async (functionName: string, from: number, to: number): Promise<string[]> => {
    const ids: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES && (page === 0 || token !== undefined); page++) {
      const { TraceSummaries = [], NextToken } = await client.send(
        new GetTraceSummariesCommand({
          StartTime: new Date(from),
          EndTime: new Date(to),
          FilterExpression: `service(${JSON.stringify(functionName)})`,
          ...(token !== undefined && { NextToken: token }),
        }),
      );
      ids.push(...TraceSummaries.flatMap(({ Id }) => (Id === undefined ? [] : [Id])));
      token = NextToken;
    }
    return ids;
  };
  const idsBetween = async (functionName: string, from: number, to: number, limit: number): Promise<string[]> => {
    const parts = partsOf(Math.max(from, to - MOST_WIDE_MS), to, PARTS);
    const ids = await Promise.all(parts.map(([start, end]) => idsWithin(functionName, start, end)));
    return spread([...new Set(ids.flat())], limit);
  };
  return async ({ functionName, accountId, region }, { onset, until, limit }) => {
    if (accountId !== own.accountId || region !== own.region) return { spans: [] };
    const before = await idsBetween(functionName, onset - BEFORE_MS, onset, limit);
    const after = before.length === 0 ? [] : await idsBetween(functionName, onset, until, limit);
    if (after.length === 0) return { spans: [] };
    const ids = [...new Set([...before, ...after])];
    const spans: Span[] = [];
    for (let at = 0; at < ids.length; at += IDS_A_CALL)
      spans.push(...(await spansOfBatch(client, ids.slice(at, at + IDS_A_CALL))));
    return { spans };
  };
}

/** A batch comes in pages, and may leave traces for later: these are asked for again. */
async function spansOfBatch(client: Pick<XRayClient, 'send'>, ids: readonly string[]): Promise<Span[]> {
  const spans: Span[] = [];
  let asked: BatchGetTracesCommandInput | undefined = { TraceIds: [...ids] };
  for (let call = 0; call < MOST_CALLS_A_BATCH && asked !== undefined; call++) {
    const answer: BatchGetTracesCommandOutput = await client.send(new BatchGetTracesCommand(asked));
    const { Traces = [], UnprocessedTraceIds = [], NextToken } = answer;
    for (const { Id = '', Segments = [] } of Traces)
      spans.push(...Segments.flatMap(({ Document }) => spansOfSegment(Id, Document)));
    if (NextToken !== undefined) asked = { ...asked, NextToken };
    else asked = UnprocessedTraceIds.length > 0 ? { TraceIds: UnprocessedTraceIds } : undefined;
  }
  return spans;
}
