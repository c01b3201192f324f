import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type Metric,
} from '@aws-sdk/client-cloudwatch';
import { idleCostPerHour, standingCharges } from '../../../packages/pricing/src/index.ts';
import type { House } from '../house/house.ts';
import type { Script } from './script.ts';

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
  /** Lambda calls in that time, by CloudWatch's count: Lamplighter's own rounds and alerts, and the application's. */
  readonly ownCalls: number;
  readonly applicationCalls: number;
}

const MINUTE_MS = 60_000;

/** Lets time pass in which nobody comes, and counts what ran all the same, once what the deploys set off has come to its end. */
export async function idleTime(
  house: House,
  { settlingMinutes, idleMinutes }: Pick<Script, 'settlingMinutes' | 'idleMinutes'>,
): Promise<IdleCost> {
  await house.pass(settlingMinutes * MINUTE_MS);
  const from = house.clock.now();
  await house.pass(idleMinutes * MINUTE_MS);
  const calls = await lambdaCalls(house, from, house.clock.now());
  const own = [...house.templates].filter(([name]) => name !== SAMPLE).map(([, template]) => template);
  return {
    minutes: idleMinutes,
    lamplighterUsdPerHour: idleCostPerHour(own),
    sampleUsdPerHour: idleCostPerHour([house.templates.get(SAMPLE)!]),
    hourlyResources: own.flatMap(standingCharges).filter(({ basis }) => basis === 'hourly').length,
    ownCalls: sumOf(calls, (name) => !name.startsWith(`${SAMPLE}-`)),
    applicationCalls: sumOf(calls, (name) => name.startsWith(`${SAMPLE}-`)),
  };
}

const sumOf = (calls: ReadonlyMap<string, number>, isWanted: (name: string) => boolean): number =>
  [...calls].reduce((sum, [name, count]) => (isWanted(name) ? sum + count : sum), 0);

/** Calls of each function, by CloudWatch. */
async function lambdaCalls({ sandbox }: House, from: number, until: number): Promise<ReadonlyMap<string, number>> {
  const client = sandbox.client(CloudWatchClient);
  const asked = { Namespace: 'AWS/Lambda', MetricName: 'Invocations' };
  const { Metrics = [] } = await client.send(new ListMetricsCommand(asked));
  const counts = await Promise.all(
    Metrics.filter(isOfAFunction).map(async ({ Dimensions = [] }) => {
      const time = { StartTime: new Date(from), EndTime: new Date(until), Period: 86_400 };
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({ ...asked, ...time, Dimensions, Statistics: ['Sum'] }),
      );
      const count = Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
      return [Dimensions[0]!.Value!, count] as const;
    }),
  );
  return new Map(counts);
}

/** The same calls are counted by version and by resource too. */
const isOfAFunction = ({ Dimensions = [] }: Metric): boolean =>
  Dimensions.length === 1 && Dimensions[0]?.Name === 'FunctionName';
