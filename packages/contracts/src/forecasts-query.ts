import * as z from 'zod';
import { BreachPredicted } from './events/breach-predicted.ts';
import { ForecastPublished } from './events/forecast-published.ts';
import { WatchedResource } from './finding.ts';

/** USD: what a function or an account has cost and will cost, from the audit's own figures; months and days are UTC. */
export const CostForecast = z.object({
  /** Until when it is known, epoch milliseconds. */
  at: z.number(),
  lastHourUsd: z.number(),
  todaySoFarUsd: z.number(),
  todayUsd: z.number(),
  monthSoFarUsd: z.number(),
  monthUsd: z.number(),
  /** 95 %, of the month. */
  monthLowerUsd: z.number(),
  monthUpperUsd: z.number(),
  /** `forecast` from two days of history; before, the mean of the hours seen goes on. */
  basis: z.enum(['forecast', 'run-rate', 'nothing-seen']),
  /** The first hour that is known of this month: what was before is not in the sums. */
  knownFrom: z.number(),
});
export type CostForecast = z.infer<typeof CostForecast>;

/** What is foreseen of a function, or of an account in a region. */
export const ResourceForecast = z.object({
  resource: WatchedResource,
  /** The newest forecast of each metric, with its bands and the score of those before. */
  forecasts: z.array(ForecastPublished.schema),
  cost: CostForecast,
  /** How far each limit is, at the newest minute. */
  limits: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      /** Share in use, 1 where it is hit. */
      used: z.number(),
      /** That it is hit within the horizon, 0 to 1. */
      probability: z.number(),
      horizonMs: z.number(),
      expectedAt: z.number().optional(),
      at: z.number(),
    }),
  ),
});
export type ResourceForecast = z.infer<typeof ResourceForecast>;

/** What is foreseen of something that functions use: a stream, a table, a cluster, an API, and how far its limits are. */
export const CapacityForecast = ResourceForecast.omit({ cost: true });
export type CapacityForecast = z.infer<typeof CapacityForecast>;

const Score = z.object({
  /** Forecasts that were compared with what came. */
  forecasts: z.number().int(),
  /** Sum of |error| / sum of |truth|. */
  wape: z.number(),
  /** The same of the naive forecast, on the same points. */
  naiveWape: z.number(),
  /** Of the points, how many lay in the 95 % band. */
  coverage95Pct: z.number(),
});

/** How good the forecasts of one series were, and which ways of forecasting are used on it. */
export const ForecastScores = z.object({
  resource: WatchedResource,
  metric: z.string(),
  /** Of about the last day, what is older counting less; absent until the first truth came. */
  recent: Score.optional(),
  /** Days (UTC) on which forecasts were made, newest first, a week at most. */
  days: z.array(Score.extend({ day: z.string() })),
  /** Each way's error over the naive way's on the same points; one above 1 is not used on this series. */
  ways: z.array(z.object({ name: z.string(), points: z.number(), ratioToNaive: z.number(), isUsed: z.boolean() })),
});
export type ForecastScores = z.infer<typeof ForecastScores>;

const scope = { accountId: z.string().optional(), region: z.string().optional() };
/** Of many: how many at most, and after which. Without a limit there are as many as an answer of Lambda can hold. */
const page = { limit: z.number().int().min(1).max(1_000).optional(), cursor: z.string().min(1).max(2_000).optional() };
/** Where there are more: what to ask on with. */
const next = { cursor: z.string().optional() };

/** What the prediction service answers: request and answer shapes of its function `lamplighter-prediction-<stage>-query-forecasts`. */
export const ForecastsQuery = z.discriminatedUnion('kind', [
  /** What is foreseen of each function and account. */
  z.object({ kind: z.literal('forecasts'), ...scope, ...page, functionName: z.string().min(1).optional() }),
  /** Limits that will be hit, or were: how each stands, newest first; of those alone that stand in one of `changes`, and of one function. */
  z.object({
    kind: z.literal('breaches'),
    ...scope,
    limit: z.number().int().min(1).max(200).optional(),
    changes: z.array(BreachPredicted.schema.shape.change).min(1).max(4).optional(),
    functionName: z.string().min(1).optional(),
  }),
  /** What each function and account costs, today and this month. */
  z.object({ kind: z.literal('costs'), ...scope, functionName: z.string().min(1).optional() }),
  /** What is foreseen of streams, tables, clusters and APIs. */
  z.object({ kind: z.literal('capacity'), ...scope }),
  /** How good the forecasts were, series by series. */
  z.object({ kind: z.literal('scores'), ...scope, ...page, functionName: z.string().min(1).optional() }),
]);
export type ForecastsQuery = z.infer<typeof ForecastsQuery>;

/** What the functions of one CloudFormation stack cost together, as months and bands of `CostForecast`. */
const ServiceCost = z.object({
  accountId: z.string(),
  region: z.string(),
  stack: z.string(),
  functions: z.number().int(),
  todayUsd: z.number(),
  monthSoFarUsd: z.number(),
  monthUsd: z.number(),
  monthLowerUsd: z.number(),
  monthUpperUsd: z.number(),
});

const CostOf = z.object({
  resource: WatchedResource,
  /** An account's is the sum of its functions'. */
  cost: CostForecast,
  /** What a function is priced for; absent where Lambda could not be asked, which is priced as x86_64, and of an account. */
  architecture: z.enum(['x86_64', 'arm64']).optional(),
  /** Since when, epoch milliseconds, where it was seen on the other one before: what began earlier is priced for that. */
  architectureSince: z.number().optional(),
});

/** What the prediction service answers to a `ForecastsQuery`. Costs are US dollars. */
export const ForecastsAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forecasts'), forecasts: z.array(ResourceForecast), ...next }),
  z.object({ kind: z.literal('breaches'), breaches: z.array(BreachPredicted.schema) }),
  z.object({
    kind: z.literal('costs'),
    costs: z.array(CostOf),
    /** The functions of one stack together, dearest first; functions of no stack are in none. Absent where stacks are not known. */
    services: z.array(ServiceCost).optional(),
    /** What Lamplighter itself costs this month for watching these accounts: computed from its design and the price book, not measured. */
    lamplighter: z.object({
      monthUsd: z.number(),
      /** What stands beside it, a month, whatever is watched: alarms, polls of empty queues, rounds; every service deployed with the direct door. Absent in answers of earlier releases. */
      standingMonthUsd: z.number().optional(),
      parts: z.array(z.object({ name: z.string(), usd: z.number() })),
    }),
  }),
  z.object({ kind: z.literal('capacity'), resources: z.array(CapacityForecast) }),
  z.object({ kind: z.literal('scores'), scores: z.array(ForecastScores), ...next }),
  z.object({ kind: z.literal('invalid-query'), reason: z.string() }),
]);
export type ForecastsAnswer = z.infer<typeof ForecastsAnswer>;
