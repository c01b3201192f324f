import { countingDetector } from './counting-detector.ts';
import { poissonSurprise } from './statistics/count-surprise.ts';

/** Events per point that are few and come by chance: more, or fewer, than a Poisson process of the rate so far gives. */
export const smallCountDetector = countingDetector({
  name: 'small-count',
  version: 1,
  kind: 'unusual-value',
  prior: { events: 0.5, exposure: 1 },
  leastRate: 0.05,
  needsTrials: false,
  surprise: (count, _exposure, rate) => poissonSurprise(count, rate),
});
