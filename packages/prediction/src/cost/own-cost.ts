import { USD_PER } from './own-rates.ts';

/** How much of a function, or of many, is watched in a month. */
export interface WatchedLoad {
  readonly invocations: number;
  /** Minutes in which a function was called, summed over the functions. */
  readonly busyMinutes: number;
  /** Minutes that are told without a call: those after the last one that had some; none where absent. */
  readonly silentMinutes?: number;
}

/** What Lamplighter watches in a month, and in what portions it comes. */
export interface WatchedMonth extends WatchedLoad {
  /** Minutes of which any function of an account told, summed over the accounts. */
  readonly accountMinutes: number;
  /** Looks at figures of streams, tables, clusters and APIs; none where absent. */
  readonly capacityLooks?: number;
  /** Metrics that they ask CloudWatch for, which bills each: one a look where absent. */
  readonly capacityMetrics?: number;
}

/** What one unit of work takes: assumptions of the model, to be replaced by what a deployment measures. */
export interface OwnWork {
  /** Invocations whose lines come in one delivery of CloudWatch Logs. */
  readonly invocationsPerDelivery: number;
  readonly ingestMsPerDelivery: number;
  readonly ingestMemoryMb: number;
  /** Write units of 1 KB: the invocation's item and its indexes. */
  readonly writesPerInvocation: number;
  /** Summing a function's minute from the audit, and publishing it. */
  readonly closeMsPerMinute: number;
  readonly closeMemoryMb: number;
  /** Deciding on a minute: analysis and prediction together, forecasts apart. */
  readonly assessMsPerMinute: number;
  readonly assessMemoryMb: number;
  /** Forecasting a function or an account anew, which is done when five minutes are over; with what deciding has of memory. */
  readonly forecastMs: number;
  /** What is stored of a function's minute: its window, assessment and forecast. */
  readonly writesPerMinute: number;
  readonly readsPerMinute: number;
  /** The forecast of an account of functions. */
  readonly writesPerAccountMinute: number;
  readonly readsPerAccountMinute: number;
  readonly eventsPerMinute: number;
  readonly queueCallsPerMinute: number;
  /** A look at a figure: its state and what is shown of it, and the reading of both. */
  readonly writesPerLook: number;
  readonly readsPerLook: number;
}

/** Work per unit of volume that the cost of Lamplighter itself is computed with where it was not measured. A test holds the writes against those of the packaged stacks. */
export const ASSUMED_WORK: OwnWork = {
  invocationsPerDelivery: 20,
  ingestMsPerDelivery: 120,
  ingestMemoryMb: 1024,
  writesPerInvocation: 4,
  closeMsPerMinute: 50,
  closeMemoryMb: 1769,
  assessMsPerMinute: 150,
  assessMemoryMb: 1024,
  // Three days of a series that is never silent take 75 ms of a core; 1,024 MB have 0.58 of one (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
  forecastMs: 130,
  writesPerMinute: 18,
  readsPerMinute: 24,
  writesPerAccountMinute: 10,
  readsPerAccountMinute: 15,
  eventsPerMinute: 2,
  queueCallsPerMinute: 6,
  writesPerLook: 20,
  readsPerLook: 5,
};

/** As `predictLoad` does. */
const MINUTES_A_FORECAST = 5;

/** A metric is billed for the hours that have data: at most for as many as there are minutes with something to tell. */
const HOURS_A_MONTH = 730;

/** A month of Lamplighter in US dollars, and what makes it up. */
export interface OwnCost {
  readonly totalUsd: number;
  readonly parts: readonly { readonly name: string; readonly usd: number }[];
}

/**
 * What Lamplighter itself costs for watching so much: computed from its design and the price book, not measured (its own functions are left out of the audit,
 * so that it never feeds itself). Log storage that the watched functions pay anyway is not in it, nor what stands whatever is watched (`STANDING_MONTH_USD`).
 */
export function ownCost(
  {
    invocations,
    busyMinutes,
    silentMinutes = 0,
    accountMinutes,
    capacityLooks = 0,
    capacityMetrics = capacityLooks,
  }: WatchedMonth,
  work: OwnWork = ASSUMED_WORK,
): OwnCost {
  const minutes = busyMinutes + silentMinutes;
  // A busy minute has one delivery at least.
  const deliveries = Math.max(invocations / work.invocationsPerDelivery, busyMinutes);
  const runs = (times: number, ms: number, mb: number): number =>
    times * (ms / 1000) * (mb / 1024) * USD_PER.armGbSecond;
  const lambda = (calls: number, ms: number, mb: number): number => calls * USD_PER.request + runs(calls, ms, mb);
  const forecasts = (minutes + accountMinutes) / MINUTES_A_FORECAST;
  const writes =
    invocations * work.writesPerInvocation +
    minutes * work.writesPerMinute +
    accountMinutes * work.writesPerAccountMinute;
  const reads = minutes * work.readsPerMinute + accountMinutes * work.readsPerAccountMinute;
  const parts = [
    { name: 'Lambda: ingestion', usd: lambda(deliveries, work.ingestMsPerDelivery, work.ingestMemoryMb) },
    { name: 'Lambda: windows', usd: lambda(minutes, work.closeMsPerMinute, work.closeMemoryMb) },
    {
      name: 'Lambda: analysis and prediction',
      usd:
        lambda(2 * minutes, work.assessMsPerMinute / 2, work.assessMemoryMb) +
        runs(forecasts, work.forecastMs, work.assessMemoryMb),
    },
    { name: 'DynamoDB', usd: writes * USD_PER.write + reads * USD_PER.read },
    {
      name: 'Capacity: CloudWatch and DynamoDB',
      usd:
        capacityMetrics * USD_PER.metric +
        capacityLooks * (work.writesPerLook * USD_PER.write + work.readsPerLook * USD_PER.read),
    },
    { name: 'CloudWatch: completeness', usd: Math.min(1, accountMinutes / HOURS_A_MONTH) * USD_PER.customMetricMonth },
    { name: 'EventBridge', usd: minutes * work.eventsPerMinute * USD_PER.event },
    { name: 'SQS', usd: minutes * work.queueCallsPerMinute * USD_PER.queueCall },
  ];
  return { parts, totalUsd: parts.reduce((sum, { usd }) => sum + usd, 0) };
}
