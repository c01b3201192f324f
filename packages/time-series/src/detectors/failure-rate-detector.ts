import { countingDetector } from './counting-detector.ts';
import { binomialSurprise } from './statistics/count-surprise.ts';

/** Failures (`value`) of `trials`: more than the share so far explains. A point without `trials` counts no failures of anything: it is not a count. One failure of one is no outage; thirty of thirty are. */
export const failureRateDetector = countingDetector({
  name: 'failure-rate',
  version: 1,
  kind: 'spike',
  prior: { events: 0.5, exposure: 50 },
  leastRate: 0.005,
  needsTrials: true,
  surprise: binomialSurprise,
});
