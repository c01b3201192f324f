import { type CloudWatchClient, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import { MINUTE_MS } from '@lamplighter/prediction';
import type { MeasurementPort } from '../ports.ts';

const MINUTE_SECONDS = 60;

/** A metric by the minute. Minutes without a datapoint are 0: nothing was written, read or connected. */
export function cloudWatchMeasurements(client: CloudWatchClient): MeasurementPort {
  return async ({ namespace, metricName, dimensions, statistic, isRate }, { from, until }) => {
    const Metric = {
      Namespace: namespace,
      MetricName: metricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    };
    const query = { Id: 'm', MetricStat: { Metric, Period: MINUTE_SECONDS, Stat: statistic } };
    const asked = { StartTime: new Date(from), EndTime: new Date(until), MetricDataQueries: [query] };
    const known = new Map<number, number>();
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, asked))
      for (const { Timestamps = [], Values = [] } of MetricDataResults)
        for (const [at, time] of Timestamps.entries()) known.set(time.getTime(), Values[at] ?? 0);
    return Array.from({ length: Math.max(0, (until - from) / MINUTE_MS) }, (_, at) => {
      const start = from + at * MINUTE_MS;
      return { start, value: (known.get(start) ?? 0) / (isRate ? MINUTE_SECONDS : 1) };
    });
  };
}
