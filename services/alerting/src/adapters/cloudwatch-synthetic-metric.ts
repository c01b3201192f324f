import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { SyntheticDeliveredPort } from '../ports.ts';

/** `Lamplighter / SyntheticAlertDelivered`, by stage (what the alarm watches) and by stage and channel (which one is silent). */
export function cloudWatchSyntheticMetric(client: CloudWatchClient, stage: string): SyntheticDeliveredPort {
  return async (channel) => {
    const metric = { MetricName: 'SyntheticAlertDelivered', Value: 1, Unit: 'Count' } as const;
    const Stage = { Name: 'Stage', Value: stage };
    const MetricData = [
      { ...metric, Dimensions: [Stage] },
      { ...metric, Dimensions: [Stage, { Name: 'Channel', Value: channel }] },
    ];
    await client.send(new PutMetricDataCommand({ Namespace: 'Lamplighter', MetricData }));
  };
}
