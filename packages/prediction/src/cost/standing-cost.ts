import { usdOf } from '@lamplighter/pricing';
import { USD_PER } from './own-rates.ts';

/** What stands of Lamplighter, every service deployed with the direct door. A test holds it against the packaged stacks. */
export const STANDING = {
  /** Metrics that alarms look at. */
  alarmMetrics: 20,
  /** Queues that Lambda polls, empty or not. */
  polledQueues: 6,
  /** Calls a month that schedules make by themselves, and what they compute, GB-seconds. */
  rounds: 4_440,
  roundGbSeconds: 2_390,
} as const;

const HOURS_A_MONTH = 730;
/** Five pollers that wait for 20 s each: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const POLLS_AN_HOUR = 900;

/** USD a month that Lamplighter costs whatever it watches, at list prices; an account's first ten alarms and first million requests to SQS are free. */
export const STANDING_MONTH_USD =
  STANDING.alarmMetrics * usdOf('cloudwatch.alarm_standard') +
  STANDING.polledQueues * POLLS_AN_HOUR * HOURS_A_MONTH * USD_PER.queueCall +
  STANDING.rounds * USD_PER.request +
  STANDING.roundGbSeconds * USD_PER.armGbSecond;
