import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { WatchedResource } from '../finding.ts';

/** What will happen, with the bands it is expected to stay in, and how good the forecasts of this series were so far. */
export const ForecastPublished = defineEvent({
  source: 'lamplighter.prediction',
  detailType: 'ForecastPublished',
  version: 1,
  schema: z.object({
    forecastId: z.string(),
    resource: WatchedResource,
    /** What is forecast: `invocations`, `duration`, `concurrency`, `cost`, … */
    metric: z.string(),
    unit: z.string(),
    /** Start of the first forecast period, epoch milliseconds, and the length of each. */
    startsAt: z.number(),
    stepMs: z.number().int().positive(),
    mean: z.array(z.number()),
    bands: z.array(z.object({ levelPct: z.number(), lower: z.array(z.number()), upper: z.array(z.number()) })),
    forecaster: z.string(),
    /** Past forecasts of this series against what came; absent until the first truth arrived. */
    score: z
      .object({
        forecasts: z.number().int(),
        /** Sum of |error| / sum of |truth|. */
        wape: z.number(),
        /** The same of the naive forecast. */
        naiveWape: z.number(),
        coverage95Pct: z.number(),
      })
      .optional(),
  }),
  example: {
    forecastId: 'concurrency/123456789012/us-east-1/reservation-mobile-api/1700000400000',
    resource: {
      accountId: '123456789012',
      region: 'us-east-1',
      type: 'lambda-function',
      name: 'reservation-mobile-api',
    },
    metric: 'concurrency',
    unit: 'environments',
    startsAt: 1_700_000_400_000,
    stepMs: 300_000,
    mean: [12, 14],
    bands: [{ levelPct: 95, lower: [9, 10], upper: [16, 19] }],
    forecaster: 'ensemble',
    score: { forecasts: 288, wape: 0.11, naiveWape: 0.19, coverage95Pct: 95.4 },
  },
});
