import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { House } from './house.ts';

export interface WatchedTotals {
  readonly functionName: string;
  /** What CloudWatch counted, and what was audited by request ID. */
  readonly invoked: number;
  readonly audited: number;
  readonly failed: number;
  readonly coldStarts: number;
  readonly costUsd: number;
}

/** What the audit says of each watched function between two times, beside CloudWatch's own count: the story's figures, recomputed from the tables. */
export async function proveAudit(house: House, since: number, until: number): Promise<WatchedTotals[]> {
  const answer = await house.audit({ kind: 'functions' });
  const functions = answer.kind === 'functions' ? answer.functions : [];
  const totals = await Promise.all(functions.map(({ functionName }) => totalsOf(house, functionName, since, until)));
  return totals.filter(({ invoked, audited }) => invoked + audited > 0).sort((a, b) => b.audited - a.audited);
}

async function totalsOf(house: House, functionName: string, since: number, until: number): Promise<WatchedTotals> {
  const answer = await house.audit({ kind: 'windows', functionName, since, until });
  const windows = answer.kind === 'windows' ? answer.windows : [];
  const sum = (figure: (window: (typeof windows)[number]) => number) =>
    windows.reduce((total, window) => total + figure(window), 0);
  const { Datapoints = [] } = await house.sandbox.client(CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      StartTime: new Date(since),
      EndTime: new Date(until),
      Period: 86_400,
      Statistics: ['Sum'],
    }),
  );
  return {
    functionName,
    invoked: Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0),
    audited: sum(({ invocations }) => invocations),
    failed: sum(({ errors, timeouts, outOfMemory, initErrors }) => errors + timeouts + outOfMemory + initErrors),
    coldStarts: sum(({ coldStarts }) => coldStarts),
    costUsd: sum(({ costUsd }) => costUsd),
  };
}
