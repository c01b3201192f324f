import { type CloudWatchClient, GetMetricDataCommand, type MetricStat } from '@aws-sdk/client-cloudwatch';
import type { MeteredMinute } from '@lamplighter/remedies';
import type { Metered, MeterPort } from '../ports.ts';

const MINUTE_MS = 60_000;

/**
 * What this account's CloudWatch counts, in one GetMetricData call ($0.00002); a function of another account or region has it elsewhere. A minute of which it
 * knows no figure yet is not among them; a figure that it does not know is none, for nobody counts what did not happen.
 */
export function cloudWatchMeters(
  client: CloudWatchClient,
  own: { readonly accountId: string; readonly region: string },
): MeterPort {
  return async (metered, since, until) => {
    if (since >= until || isElsewhere(metered, own)) return [];
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(Math.floor(since / MINUTE_MS) * MINUTE_MS),
        EndTime: new Date(until),
        MetricDataQueries: Object.entries(figuresOf(metered)).map(([Id, MetricStat]) => ({ Id, MetricStat })),
      }),
    );
    const figures = MetricDataResults.flatMap(({ Id, Timestamps = [], Values = [] }) =>
      Timestamps.map((time, at) => ({ start: time.getTime(), [Id!]: Values[at] ?? 0 })),
    );
    const byMinute = Map.groupBy(figures, ({ start }) => start);
    return [...byMinute.values()].map((own) => minuteOf(metered, own)).sort((a, b) => a.start - b.start);
  };
}

function isElsewhere(metered: Metered, { accountId, region }: { accountId: string; region: string }): boolean {
  if (metered.meter === 'api-requests') return false;
  return metered.resource.accountId !== accountId || metered.resource.region !== region;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
function figuresOf(metered: Metered): Readonly<Record<string, MetricStat>> {
  if (metered.meter === 'api-requests') {
    const stage = { ApiId: metered.apiId, Stage: metered.stage };
    const of = (name: string) => statOf('AWS/ApiGateway', name, stage, 'Sum');
    return { requests: of('Count'), refused: of('4xx') };
  }
  const of = (name: string, Stat: string) => statOf('AWS/Lambda', name, { FunctionName: metered.resource.name }, Stat);
  if (metered.meter === 'iterator-age') return { age: of('IteratorAge', 'Maximum') };
  return { served: of('Invocations', 'Sum'), throttled: of('Throttles', 'Sum') };
}

const statOf = (
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  Stat: string,
): MetricStat => ({
  Metric: {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  },
  Period: MINUTE_MS / 1000,
  Stat,
});

function minuteOf({ meter }: Metered, figures: readonly { readonly start: number }[]): MeteredMinute {
  const known: Partial<Record<string, number>> = Object.assign({}, ...figures);
  const { start = 0, served = 0, throttled = 0, requests = 0, refused = 0, age } = known;
  if (meter === 'iterator-age') return { start, ...(age !== undefined && { iteratorAgeMs: age }) };
  if (meter === 'attempts') return { start, served, throttled };
  return { start, served: Math.max(0, requests - refused), throttled: refused };
}
