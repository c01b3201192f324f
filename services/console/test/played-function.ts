import {
  type AuditQuery,
  ForecastPublished,
  type ForecastsQuery,
  type FunctionWindow,
  RemediationChanged,
  WindowsClosed,
} from '@lamplighter/contracts';
import type { Services } from '../src/ports.ts';
import { aDeploy, answered, finding } from './fake-services.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FIVE_MS = 5 * MINUTE_MS;
const { figures } = WindowsClosed.example.windows[0]!;
/** Of thirty calls: twenty of 100 ms, nine of 200, one of 900. */
const SKETCH = 'H4sIAAAAAAAAA+MS4fzr1Ri1P+iDvSADFEgwCLVxCDVwMFAVmDhQ17yhDpRGw2MU0BB8sKfUBIk9zFJMEgyKMD4Au8CX+ywEAAA=';

/** A function that is called thirty times a minute and failed in every second call for an hour, three hours ago; its repair was undone. */
export function playFunction(name: string) {
  const now = Date.now();
  const openedAt = now - (now % MINUTE_MS) - 3 * HOUR_MS;
  const resolvedAt = openedAt + HOUR_MS;
  const place = { accountId: '123456789012', region: 'us-east-1' };
  const resource = { ...place, type: 'lambda-function' as const, name };
  const aFinding = {
    ...{ ...finding, findingId: 'f-1', class: 'error-burst' as const, resource, state: 'resolved' as const },
    ...{ title: `${name} fails in 50 % of its calls`, openedAt, updatedAt: resolvedAt, resolvedAt },
  };
  const repair = {
    ...{ ...RemediationChanged.example.remediation, resource, findingId: 'f-1', title: 'Raise its memory' },
    ...{ state: 'rolled-back' as const, plannedAt: openedAt + 5 * MINUTE_MS },
    ...{ appliedAt: openedAt + 10 * MINUTE_MS, endedAt: openedAt + 30 * MINUTE_MS },
  };
  const deploy = { ...aDeploy, functionName: name, at: openedAt - MINUTE_MS };
  const minuteAt = (start: number): FunctionWindow => ({
    ...{ ...figures, functionName: name, start, invocations: 30, maxConcurrency: 3, durationSketch: SKETCH },
    errors: start >= openedAt && start < resolvedAt ? 15 : 0,
  });
  const minutes = ({ since, until }: { since: number; until: number }): FunctionWindow[] => {
    const from = Math.max(played.keptSince, Math.ceil(since / MINUTE_MS) * MINUTE_MS);
    const count = Math.max(0, Math.ceil((Math.min(until, Date.now()) - from) / MINUTE_MS));
    return Array.from({ length: count }, (_, at) => minuteAt(from + at * MINUTE_MS));
  };
  /** The calls that the minutes count, two seconds apart: those that failed first. */
  const callsOf = ({
    since = 0,
    until = Date.now(),
    limit = 100,
    newestFirst,
  }: Extract<AuditQuery, { kind: 'by-function' }>) =>
    minutes({ since, until })
      .flatMap(({ start, invocations, errors }) =>
        Array.from({ length: invocations }, (_, at) => ({ start, errors, at })),
      )
      .map(({ start, errors, at }) => ({
        ...{ ...place, requestId: `${at}-${start}`, functionName: name, logGroup: 'g', logStream: 's' },
        ...{ startedAt: start + at * 2_000, durationMs: 123, coldStart: false },
        ...{ messages: [], logLines: 3, attempts: 1, missing: [] },
        ...(at < errors
          ? { status: 'error' as const, errorType: 'PaymentRefused', errorMessage: '\u202ethe provider refused' }
          : { status: 'success' as const }),
      }))
      .slice(newestFirst ? -limit : 0)
      .slice(0, limit);
  const played = {
    finding: aFinding,
    asked: [] as AuditQuery[],
    /** Of what is older nothing is known any more. */
    keptSince: 0,
    ingestion: 'answers' as 'answers' | 'fails' | 'hangs',
    services: {
      audit: async (query) => {
        played.asked.push(query);
        if (played.ingestion === 'hangs') return new Promise(() => {});
        if (played.ingestion === 'fails') return { kind: 'failed', reason: 'The query function was throttled.' };
        if (query.kind === 'windows') return answered({ kind: 'windows', windows: minutes(query) });
        if (query.kind === 'by-function') return answered({ kind: 'invocations', invocations: callsOf(query) });
        return answered({ kind: 'functions', functions: [] });
      },
      findings: async (query) => {
        if (query.kind === 'by-id') return answered({ kind: 'finding', finding: aFinding });
        if (query.kind === 'open') return answered({ kind: 'findings', findings: [] });
        if (query.kind !== 'changes') return answered({ kind: 'findings', findings: [aFinding] });
        const changes = [deploy].filter(({ at }) => at >= query.since && at <= query.until);
        return answered({ kind: 'changes', changes });
      },
      remediations: async () => answered({ kind: 'remediations', remediations: [repair] }),
      forecasts: async (query) => answered(forecast(query)),
    } satisfies Partial<Services>,
  };
  const forecast = ({ kind }: ForecastsQuery) => {
    if (kind !== 'forecasts') return { kind: 'invalid-query' as const, reason: 'not played' };
    const startsAt = Math.floor(Date.now() / FIVE_MS) * FIVE_MS;
    const hour = (value: number): number[] => new Array(12).fill(value);
    const each = {
      ...{ ...ForecastPublished.example, resource, metric: 'invocations', unit: 'calls', startsAt, stepMs: FIVE_MS },
      ...{ mean: hour(150), bands: [{ levelPct: 95, lower: hour(130), upper: hour(170) }] },
    };
    return { kind, forecasts: [{ resource, forecasts: [each], cost: COST, limits: [] }] };
  };
  return played;
}

const COST = {
  ...{ at: 0, lastHourUsd: 0, todaySoFarUsd: 0, todayUsd: 0, monthSoFarUsd: 0, knownFrom: 0 },
  ...{ monthUsd: 3, monthLowerUsd: 2, monthUpperUsd: 4, basis: 'forecast' as const },
};
