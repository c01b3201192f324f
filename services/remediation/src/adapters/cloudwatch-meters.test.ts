import { CloudWatchClient, type GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from '@jest/globals';
import type { Metered } from '../ports.ts';
import { cloudWatchMeters } from './cloudwatch-meters.ts';

const OWN = { accountId: '123456789012', region: 'us-east-1' };
const FUNCTION = { ...OWN, type: 'lambda-function', name: 'rooms' } as const;
const MINUTE_MS = 60_000;

/** CloudWatch that knows these figures, by the name of the metric and the minute. */
function knowing(figures: Readonly<Record<string, Readonly<Record<number, number>>>>) {
  const asked: string[] = [];
  const send = async ({ input }: GetMetricDataCommand) => ({
    MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id, MetricStat }) => {
      const { Metric, Stat } = MetricStat!;
      const dimensions = Metric!.Dimensions!.map(({ Name, Value }) => `${Name}=${Value}`).join();
      asked.push(`${Metric!.Namespace} ${Metric!.MetricName} ${Stat} ${dimensions}`);
      const known = Object.entries(figures[Metric!.MetricName!] ?? {});
      return {
        Id,
        Timestamps: known.map(([minute]) => new Date(Number(minute) * MINUTE_MS)),
        Values: known.map(([, value]) => value),
      };
    }),
  });
  const client = Object.assign(new CloudWatchClient({}), { send });
  return { asked, read: (metered: Metered) => cloudWatchMeters(client, OWN)(metered, 0, 3 * MINUTE_MS) };
}

test('attempts are those that were let in and those that were not', async () => {
  const { read, asked } = knowing({ Invocations: { 0: 8, 1: 5 }, Throttles: { 1: 15 } });

  expect(await read({ meter: 'attempts', resource: FUNCTION })).toEqual([
    { start: 0, served: 8, throttled: 0 },
    { start: MINUTE_MS, served: 5, throttled: 15 },
  ]);
  expect(asked).toEqual([
    'AWS/Lambda Invocations Sum FunctionName=rooms',
    'AWS/Lambda Throttles Sum FunctionName=rooms',
  ]);
});

test('requests that an API refuses are among those that it counts', async () => {
  const { read, asked } = knowing({ Count: { 0: 20, 1: 4 }, '4xx': { 0: 12 } });

  expect(await read({ meter: 'api-requests', apiId: 'a1', stage: '$default' })).toEqual([
    { start: 0, served: 8, throttled: 12 },
    { start: MINUTE_MS, served: 4, throttled: 0 },
  ]);
  expect(asked).toEqual([
    'AWS/ApiGateway Count Sum ApiId=a1,Stage=$default',
    'AWS/ApiGateway 4xx Sum ApiId=a1,Stage=$default',
  ]);
});

test('how far a reader is behind is the oldest record of the minute', async () => {
  const { read, asked } = knowing({ IteratorAge: { 2: 90_000 } });

  expect(await read({ meter: 'iterator-age', resource: FUNCTION })).toEqual([
    { start: 2 * MINUTE_MS, iteratorAgeMs: 90_000 },
  ]);
  expect(asked).toEqual(['AWS/Lambda IteratorAge Maximum FunctionName=rooms']);
});

test('nobody is asked for what another account counts', async () => {
  const { read, asked } = knowing({ Invocations: { 0: 8 } });

  expect(await read({ meter: 'attempts', resource: { ...FUNCTION, accountId: '2' } })).toEqual([]);
  expect(asked).toEqual([]);
});
