import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { FunctionWindow } from '../../../packages/contracts/src/index.ts';
import type { House } from '../house/house.ts';

/** A watched function between two times. */
export interface WatchedTotals {
  readonly functionName: string;
  /** Calls as CloudWatch counted them, and as they were audited by request ID. */
  readonly invoked: number;
  readonly audited: number;
  readonly failed: number;
  readonly coldStarts: number;
  /** At list price of what it runs on, by the price book. */
  readonly usd: number;
}

/** What the audit says of each function that was called, beside CloudWatch's own count; the busiest first. */
export async function watchedTotals(
  house: House,
  windows: readonly FunctionWindow[],
  time: { readonly from: number; readonly until: number },
): Promise<readonly WatchedTotals[]> {
  const byFunction = Map.groupBy(windows, ({ functionName }) => functionName);
  const totals = await Promise.all(
    [...byFunction].map(async ([functionName, own]): Promise<WatchedTotals> => {
      const sum = (of: (window: FunctionWindow) => number) => own.reduce((total, window) => total + of(window), 0);
      return {
        functionName,
        invoked: await invocations(house, functionName, time),
        audited: sum(({ invocations: count }) => count),
        failed: sum(({ errors, timeouts, outOfMemory, initErrors }) => errors + timeouts + outOfMemory + initErrors),
        coldStarts: sum(({ coldStarts }) => coldStarts),
        usd: sum(({ costUsd }) => costUsd),
      };
    }),
  );
  return totals.filter(({ invoked, audited }) => invoked + audited > 0).sort((a, b) => b.audited - a.audited);
}

async function invocations(
  { sandbox }: House,
  functionName: string,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<number> {
  const { Datapoints = [] } = await sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      StartTime: new Date(from),
      EndTime: new Date(until),
      Period: 86_400,
      Statistics: ['Sum'],
    }),
  );
  return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
}
