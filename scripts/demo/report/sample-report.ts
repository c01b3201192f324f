import type { DemoReport } from './compose-report.ts';

const FROM = Date.UTC(2026, 10, 27, 9);
const MINUTE_MS = 60_000;

/** A small report, for tests of what shows it. */
export const SAMPLE_REPORT: DemoReport = {
  version: 1,
  from: FROM,
  until: FROM + 20 * MINUTE_MS,
  chapters: [{ name: 'The crisis', from: FROM, until: FROM + 20 * MINUTE_MS }],
  minutes: [0, 1, 2].map((at) => ({
    start: FROM + at * MINUTE_MS,
    requests: 10 + at,
    failed: at,
    p50Ms: 20,
    p95Ms: 90 + at,
  })),
  idle: {
    minutes: 90,
    lamplighterUsdPerHour: 0.0028,
    sampleUsdPerHour: 0.044,
    hourlyResources: 0,
    ownCalls: 5,
    applicationCalls: 0,
  },
  watched: [{ functionName: 'shop-book', invoked: 33, audited: 33, failed: 3, coldStarts: 2, usd: 0.000123 }],
  completenessPct: 100,
  truth: {
    faults: [
      {
        name: 'slow query in the payment step',
        functionName: 'shop-book',
        injectedAt: FROM + 5 * MINUTE_MS,
        classes: ['dependency-slow'],
        cause: 'payments of card',
        isGone: true,
        finding: {
          findingId: 'dependency-slow/1',
          class: 'dependency-slow',
          title: 'shop-book waits for aurora',
          afterMs: 117_000,
          cause: { name: 'aurora: payments of card', share: 0.83 },
          isCauseRight: true,
        },
        repair: {
          remediationId: 'r-1',
          title: 'Create an index on payment (card_token)',
          state: 'kept',
          appliedAfterMs: 120_000,
          endedAfterMs: 357_000,
          verification: { metric: 'p95-ms', unit: 'ms', before: 302, after: 107, target: 150, windows: 2 },
          patch: 'CREATE INDEX ON payment (card_token);',
        },
      },
    ],
    falseAlarms: [],
    advice: [],
  },
  forecasts: {
    points: [
      { startsAt: FROM, stepMs: 300_000, mean: 40, lower: 20, upper: 60, actual: 44 },
      { startsAt: FROM + 300_000, stepMs: 300_000, mean: 50, lower: 30, upper: 70, actual: 80 },
    ],
    wape: 0.27,
    naiveWape: 0.3,
    coverage95Pct: 50,
  },
  alerts: [
    {
      alertId: 'a-1',
      severity: 'critical',
      title: 'shop-book waits for aurora',
      state: 'closed',
      openedAt: FROM + 7 * MINUTE_MS,
      closedAt: FROM + 15 * MINUTE_MS,
    },
  ],
  paged: 2,
  chatted: 1,
  cost: { callsUsd: 0.000123, lamplighterUsd: 0.0004 },
  sale: {
    requests: 495_873_968,
    servedPct: 99.57,
    peakPerSecond: 100_000,
    hours: 6.58,
    usd: 919.09,
    computeUsd: 904.99,
    dearestHourUsd: 582.15,
    fleet: { tasks: 3_008, usdPerHour: 148.5, usd: 977.66 },
    perMinute: { start: FROM, requests: [6_000, 6_000_000, 60_000], computeUsd: [0.01, 9.7, 0.1] },
  },
  sandboxFaults: 0,
};
