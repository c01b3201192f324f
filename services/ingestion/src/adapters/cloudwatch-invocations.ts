import { type CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Counts } from '../domain/completeness.ts';
import type { TimeRange } from '../domain/time-range.ts';
import type { InvocationsPort } from '../ports.ts';

/** GetMetricData takes 500 queries a call. */
const MAX_QUERIES = 500;

/** What CloudWatch says was invoked: the metric `Invocations` counts every attempt and no throttled call. */
export function cloudWatchInvocations(client: CloudWatchClient): InvocationsPort {
  return async (functionNames, range, periodSeconds) => {
    const sums = new Map<string, Counts>();
    for (let at = 0; at < functionNames.length; at += MAX_QUERIES) {
      const names = functionNames.slice(at, at + MAX_QUERIES);
      for (const [name, counts] of await sumsOf(client, names, range, periodSeconds)) sums.set(name, counts);
    }
    return sums;
  };
}

async function sumsOf(
  client: CloudWatchClient,
  names: readonly string[],
  range: TimeRange,
  periodSeconds: number,
): Promise<ReadonlyMap<string, Counts>> {
  const series = new Map(names.map((name) => [name, new Map<number, number>()]));
  const asked = {
    StartTime: new Date(range.from),
    EndTime: new Date(range.to),
    MetricDataQueries: names.map((name, index) => invocationsOf(name, `f${index}`, periodSeconds)),
  };
  for await (const page of paginateGetMetricData({ client }, asked)) {
    for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const counts = series.get(names[Number(Id!.slice(1))]!)!;
      Timestamps.forEach((time, index) => void counts.set(time.getTime(), Values[index] ?? 0));
    }
  }
  return series;
}

function invocationsOf(functionName: string, Id: string, Period: number): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: 'Invocations',
        Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      },
      Period,
      Stat: 'Sum',
    },
  };
}
