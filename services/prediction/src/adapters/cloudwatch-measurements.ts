import { type CloudWatchClient, type MetricDataResult, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import { MINUTE_MS } from '@lamplighter/prediction';
import type { MeasurementPort } from '../ports.ts';

const MINUTE_SECONDS = 60;

/**
 * A metric by the minute, or the sum of several. Minutes without a datapoint are 0: nothing was written, read or connected; but the newest one is left out then, whose figures may be
 * late. @throws Error named `AccessDenied` or `MetricsIncomplete` where CloudWatch does not answer with everything that it has
 */
export function cloudWatchMeasurements(client: CloudWatchClient): MeasurementPort {
  return async ({ namespace, metricName, dimensions, statistic, isRate }, { from, until }) => {
    const queries = dimensions.map((its, at) => {
      const Dimensions = Object.entries(its).map(([Name, Value]) => ({ Name, Value }));
      const Metric = { Namespace: namespace, MetricName: metricName, Dimensions };
      return { Id: `m${at}`, MetricStat: { Metric, Period: MINUTE_SECONDS, Stat: statistic } };
    });
    const asked = { StartTime: new Date(from), EndTime: new Date(until), MetricDataQueries: queries };
    const known = new Map<number, number>();
    for await (const { MetricDataResults = [], NextToken } of paginateGetMetricData({ client }, asked))
      for (const result of MetricDataResults)
        for (const [time, value] of pointsOf(result, NextToken !== undefined))
          known.set(time, (known.get(time) ?? 0) + value);
    const count = Math.max(0, (until - from) / MINUTE_MS);
    const points = Array.from({ length: count }, (_, at) => {
      const start = from + at * MINUTE_MS;
      return { start, value: (known.get(start) ?? 0) / (isRate ? MINUTE_SECONDS : 1) };
    });
    return known.has(until - MINUTE_MS) ? points : points.slice(0, -1);
  };
}

/** A failed query comes with HTTP 200 too: its status tells. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html */
function pointsOf({ StatusCode, Messages, Timestamps = [], Values = [] }: MetricDataResult, hasMore: boolean) {
  const isWhole = StatusCode === 'Complete' || (StatusCode === 'PartialData' && hasMore);
  if (!isWhole) {
    const text = (Messages ?? []).map(({ Value }) => Value).join(' ');
    const error = new Error(`CloudWatch answered ${StatusCode ?? 'without a status'}. ${text}`.trim());
    throw Object.assign(error, { name: StatusCode === 'Forbidden' ? 'AccessDenied' : 'MetricsIncomplete' });
  }
  return Timestamps.map((time, at) => [time.getTime(), Values[at] ?? 0] as const);
}
