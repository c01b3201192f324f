import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type Metric,
} from '@aws-sdk/client-cloudwatch';
import { idleCostPerHour, standingCharges } from '../../../packages/pricing/src/index.ts';
import type { House } from '../house/house.ts';

/** The application that is watched: a customer's, whose costs at rest are its own choice. */
const SAMPLE = 'reservation';

/** What it costs while nobody comes. */
export interface IdleCost {
  readonly minutes: number;
  /** Of Lamplighter's stacks and of the sample's, USD an hour, by the price book. */
  readonly lamplighterUsdPerHour: number;
  readonly sampleUsdPerHour: number;
  /** Resources of Lamplighter that are billed by the hour. */
  readonly hourlyResources: number;
  /** Lambda calls in that time, by CloudWatch's count: the hourly rounds and the daily proof. */
  readonly calls: number;
}

/** Lets time pass in which nobody comes, and counts what ran all the same. */
export async function idleTime(house: House, minutes: number): Promise<IdleCost> {
  const from = house.clock.now();
  await house.pass(minutes * 60_000);
  const own = [...house.templates].filter(([name]) => name !== SAMPLE).map(([, template]) => template);
  return {
    minutes,
    lamplighterUsdPerHour: idleCostPerHour(own),
    sampleUsdPerHour: idleCostPerHour([house.templates.get(SAMPLE)!]),
    hourlyResources: own.flatMap(standingCharges).filter(({ basis }) => basis === 'hourly').length,
    calls: await lambdaCalls(house, from, house.clock.now()),
  };
}

/** Calls of all functions, by CloudWatch. */
async function lambdaCalls({ sandbox }: House, from: number, until: number): Promise<number> {
  const client = sandbox.client(CloudWatchClient);
  const asked = { Namespace: 'AWS/Lambda', MetricName: 'Invocations' };
  const { Metrics = [] } = await client.send(new ListMetricsCommand(asked));
  const sums = await Promise.all(
    Metrics.filter(isOfAFunction).map(async ({ Dimensions = [] }) => {
      const time = { StartTime: new Date(from), EndTime: new Date(until), Period: 86_400 };
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({ ...asked, ...time, Dimensions, Statistics: ['Sum'] }),
      );
      return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
    }),
  );
  return sums.reduce((total, sum) => total + sum, 0);
}

/** The same calls are counted by version and by resource too. */
const isOfAFunction = ({ Dimensions = [] }: Metric): boolean =>
  Dimensions.length === 1 && Dimensions[0]?.Name === 'FunctionName';
