import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { AttemptedMinute } from '@lamplighter/remedies';
import type { AttemptPort } from '../ports.ts';

const MINUTE_MS = 60_000;
const FIGURES = { served: 'Invocations', throttled: 'Throttles' } as const;

/**
 * Attempts of a function as this account's CloudWatch counts them, in one GetMetricData call ($0.00002); a function of another account or region has them
 * elsewhere. A minute of which it knows neither figure yet is not among them; of one figure alone the other is none, for nobody counts what did not happen.
 */
export function cloudWatchAttempts(
  client: CloudWatchClient,
  own: { readonly accountId: string; readonly region: string },
): AttemptPort {
  return async ({ name, accountId, region }, since, until) => {
    if (accountId !== own.accountId || region !== own.region || since >= until) return [];
    const Dimensions = [{ Name: 'FunctionName', Value: name }];
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(Math.floor(since / MINUTE_MS) * MINUTE_MS),
        EndTime: new Date(until),
        MetricDataQueries: Object.entries(FIGURES).map(([Id, MetricName]) => ({
          Id,
          MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
        })),
      }),
    );
    const minutes = new Map<number, AttemptedMinute>();
    for (const { Id, Timestamps = [], Values = [] } of MetricDataResults)
      for (const [at, time] of Timestamps.entries()) {
        const start = time.getTime();
        const known = minutes.get(start) ?? { start, served: 0, throttled: 0 };
        minutes.set(start, { ...known, [Id as keyof typeof FIGURES]: Values[at] ?? 0 });
      }
    return [...minutes.values()].sort((a, b) => a.start - b.start);
  };
}
