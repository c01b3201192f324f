import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { ReportChannelsPort } from '../ports.ts';

/**
 * `Lamplighter / SyntheticAlertDelivered` by stage: a 1 for each channel that was reached, a 0 for each that was not, so that their minimum is the worst
 * channel. One metric whatever the number of channels, since each is billed.
 */
export function cloudWatchSyntheticMetric(client: CloudWatchClient, stage: string): ReportChannelsPort {
  return async (channels) => {
    // An alert that was to go through no channel at all has not come through.
    const Values = channels.length === 0 ? [0] : channels.map(Number);
    const Dimensions = [{ Name: 'Stage', Value: stage }];
    const MetricData = [{ MetricName: 'SyntheticAlertDelivered', Unit: 'Count', Dimensions, Values } as const];
    await client.send(new PutMetricDataCommand({ Namespace: 'Lamplighter', MetricData }));
  };
}
