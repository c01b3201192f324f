import { BatchGetTracesCommand, GetTraceSummariesCommand, type XRayClient } from '@aws-sdk/client-xray';
import type { Span } from '@lamplighter/diagnosis';
import type { TracePort } from '../ports.ts';
import { spread } from './audit-traces.ts';
import { spansOfSegment } from './xray-segment.ts';

/** Limits of the API: https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html and API_GetTraceSummaries.html (six hours at most). */
const IDS_A_CALL = 5;
const BEFORE_MS = 3_600_000;
const MOST_WIDE_MS = 6 * 3_600_000;

/** Traces from the X-Ray API, for accounts without Transaction Search; those of another account or region are there. */
export function xrayTraces(
  client: XRayClient,
  own: { readonly accountId: string; readonly region: string },
): TracePort {
  const idsBetween = async (functionName: string, from: number, to: number, limit: number): Promise<string[]> => {
    const { TraceSummaries = [] } = await client.send(
      new GetTraceSummariesCommand({
        StartTime: new Date(Math.max(from, to - MOST_WIDE_MS)),
        EndTime: new Date(to),
        FilterExpression: `service(${JSON.stringify(functionName)})`,
      }),
    );
    return spread(
      TraceSummaries.flatMap(({ Id }) => (Id === undefined ? [] : [Id])),
      limit,
    );
  };
  return async ({ functionName, accountId, region }, { onset, until, limit }) => {
    if (accountId !== own.accountId || region !== own.region) return { spans: [] };
    const before = await idsBetween(functionName, onset - BEFORE_MS, onset, limit);
    const after = before.length === 0 ? [] : await idsBetween(functionName, onset, until, limit);
    if (after.length === 0) return { spans: [] };
    const ids = [...new Set([...before, ...after])];
    const spans: Span[] = [];
    for (let at = 0; at < ids.length; at += IDS_A_CALL) {
      const { Traces = [] } = await client.send(
        new BatchGetTracesCommand({ TraceIds: ids.slice(at, at + IDS_A_CALL) }),
      );
      for (const { Id = '', Segments = [] } of Traces)
        spans.push(...Segments.flatMap(({ Document }) => spansOfSegment(Id, Document)));
    }
    return { spans };
  };
}
