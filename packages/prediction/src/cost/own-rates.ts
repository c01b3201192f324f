import { usdOf } from '@lamplighter/pricing';

const MILLION = 1e6;

/** USD of one unit of what Lamplighter uses, from the price book. */
export const USD_PER = {
  request: usdOf('lambda.requests') / MILLION,
  armGbSecond: usdOf('lambda.duration_arm_tier1'),
  write: usdOf('dynamodb.ondemand_wru') / MILLION,
  read: usdOf('dynamodb.ondemand_rru') / MILLION,
  event: usdOf('eventbridge.custom_events') / MILLION,
  metric: usdOf('cloudwatch.get_metric_data') / 1_000,
  customMetricMonth: usdOf('cloudwatch.custom_metric_first_10k'),
  queueCall: usdOf('sqs.standard_first_100B') / MILLION,
} as const;
