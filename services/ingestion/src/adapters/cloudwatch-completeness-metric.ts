import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { CompletenessMetricPort } from '../ports.ts';

const NAMESPACE = 'Lamplighter';
/** PutMetricData takes 1,000 metrics a call. */
const MAX_METRICS = 1_000;

/** `Completeness` by function and `LowestCompleteness` of the stage, in percent; billed for the hours that have data, so not while idle. */
export function cloudWatchCompletenessMetric(client: CloudWatchClient, stage: string): CompletenessMetricPort {
  return async (functions, at) => {
    if (functions.length === 0) return;
    const Timestamp = new Date(at);
    const Stage = { Name: 'Stage', Value: stage };
    const metrics = [
      {
        MetricName: 'LowestCompleteness',
        Dimensions: [Stage],
        Value: Math.min(...functions.map((one) => one.completenessPct)),
        Unit: 'Percent' as const,
        Timestamp,
      },
      ...functions.map((one) => ({
        MetricName: 'Completeness',
        Dimensions: [Stage, { Name: 'FunctionName', Value: one.functionName }],
        Value: one.completenessPct,
        Unit: 'Percent' as const,
        Timestamp,
      })),
    ];
    for (let from = 0; from < metrics.length; from += MAX_METRICS) {
      await client.send(
        new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: metrics.slice(from, from + MAX_METRICS) }),
      );
    }
  };
}
