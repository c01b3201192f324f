import { type CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { InvocationsPort } from '../ports.ts';

/** GetMetricData takes 500 queries a call. */
const MAX_QUERIES = 500;

/** What CloudWatch says was invoked: the metric `Invocations` counts every attempt and no throttled call. */
export function cloudWatchInvocations(client: CloudWatchClient): InvocationsPort {
  return async (functionNames, range, periodSeconds) => {
    const sums = new Map<string, Map<number, number>>();
    for (let at = 0; at < functionNames.length; at += MAX_QUERIES) {
      const names = functionNames.slice(at, at + MAX_QUERIES);
      const pages = paginateGetMetricData(
        { client },
        {
          StartTime: new Date(range.from),
          EndTime: new Date(range.to),
          MetricDataQueries: names.map((name, index) => invocationsOf(name, `f${index}`, periodSeconds)),
        },
      );
      for await (const page of pages) {
        for (const result of page.MetricDataResults ?? []) {
          const name = names[Number(result.Id!.slice(1))]!;
          const series = sums.get(name) ?? new Map<number, number>();
          for (const [index, time] of (result.Timestamps ?? []).entries())
            series.set(time.getTime(), result.Values?.[index] ?? 0);
          sums.set(name, series);
        }
      }
    }
    return sums;
  };
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
