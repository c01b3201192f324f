import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { CompletenessMetricPort } from '../ports.ts';

/**
 * `LowestCompleteness` of the stage, in percent, for the alarm; billed for the hours that have data, so not while idle. Of each function the ledger and
 * `CompletenessMeasured` tell: a metric costs $0.30 a month, as much as all the rest of watching a function that is called now and then.
 */
export function cloudWatchCompletenessMetric(client: CloudWatchClient, stage: string): CompletenessMetricPort {
  return async (functions, at) => {
    if (functions.length === 0) return;
    const lowest = {
      MetricName: 'LowestCompleteness',
      Dimensions: [{ Name: 'Stage', Value: stage }],
      Value: functions.reduce((least, { completenessPct }) => Math.min(least, completenessPct), 100),
      Unit: 'Percent' as const,
      Timestamp: new Date(at),
    };
    await client.send(new PutMetricDataCommand({ Namespace: 'Lamplighter', MetricData: [lowest] }));
  };
}
