import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { MetricMinute } from '@lamplighter/diagnosis';
import type { MetricName } from '../domain/asks-for-metrics.ts';
import type { MetricPort } from '../ports.ts';

type Figure = Exclude<keyof MetricMinute, 'start'>;

const METRICS: Readonly<Record<MetricName, { readonly figure: Figure; readonly Stat: 'Sum' | 'Maximum' }>> = {
  Invocations: { figure: 'invocations', Stat: 'Sum' },
  Throttles: { figure: 'throttles', Stat: 'Sum' },
  IteratorAge: { figure: 'iteratorAgeMs', Stat: 'Maximum' },
  RecursiveInvocationsDropped: { figure: 'recursiveInvocationsDropped', Stat: 'Sum' },
  ConcurrentExecutions: { figure: 'maxConcurrency', Stat: 'Maximum' },
};

/** Figures of this account's CloudWatch, in one GetMetricData call; a function of another account or region has them elsewhere. */
export function cloudWatchMetrics(
  client: CloudWatchClient,
  own: { readonly accountId: string; readonly region: string },
): MetricPort {
  return async ({ functionName, accountId, region }, { names, from, until }) => {
    if (accountId !== own.accountId || region !== own.region) return [];
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(from),
        EndTime: new Date(until),
        MetricDataQueries: names.map((MetricName) => ({
          Id: METRICS[MetricName].figure,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName,
              Dimensions: [{ Name: 'FunctionName', Value: functionName }],
            },
            Period: 60,
            Stat: METRICS[MetricName].Stat,
          },
        })),
      }),
    );
    return MetricDataResults.flatMap(({ Id, Timestamps = [], Values = [] }) =>
      Timestamps.map((time, at): MetricMinute => ({ start: time.getTime(), [Id as Figure]: Values[at] ?? 0 })),
    );
  };
}
