import { performance } from 'node:perf_hooks';
import {
  type Detector,
  defaultDetector,
  dropToNothingDetector,
  failureRateDetector,
  flatLineDetector,
  levelShiftDetector,
  missingDataDetector,
  seasonalDetector,
  smallCountDetector,
  spikeDetector,
  unusualValueDetector,
  type VersionedState,
  varianceChangeDetector,
} from '../../packages/time-series/src/index.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { renderFigures } from './render-figures.ts';

const LEAST_POINTS_PER_SECOND = 500_000;
const MOST_STATE_BYTES = 4_096;
const POINTS = 200_000;
const GROWTH = [1_000, 10_000, 100_000, 1_000_000];
const ROUNDS = 5;
const MINUTE = 60_000;

/** Points per second on one core and bytes of state (JSON) of each detector; the ensemble's time and heap as the series grows. */
export async function run(): Promise<BenchmarkReport> {
  const detectors = [
    measure(defaultDetector),
    measure(spikeDetector),
    measure(unusualValueDetector),
    measure(seasonalDetector),
    measure(levelShiftDetector),
    measure(varianceChangeDetector),
    measure(dropToNothingDetector),
    measure(flatLineDetector),
    measure(missingDataDetector),
    measure(failureRateDetector),
    measure(smallCountDetector),
  ];
  const growth = GROWTH.map((points) => {
    const heapBefore = heapKiB();
    const nanosecondsPerPoint = Math.round((feed(defaultDetector, points).ms * 1e6) / points);
    return { points, nanosecondsPerPoint, heapKiBMore: Math.max(0, heapKiB() - heapBefore) };
  });
  const pointsPerSecond = detectors[0]?.pointsPerSecond ?? 0;
  const stateBytes = Math.max(...detectors.map((each) => each.stateBytes));
  const figures = {
    pointsPerSecond,
    leastPointsPerSecond: LEAST_POINTS_PER_SECOND,
    stateBytes,
    mostStateBytes: MOST_STATE_BYTES,
    detectors,
    growth,
  };
  const isWithinLimits = pointsPerSecond >= LEAST_POINTS_PER_SECOND && stateBytes < MOST_STATE_BYTES;
  return { figures, text: renderFigures(figures), isWithinLimits };
}

function measure<State extends VersionedState>(
  detector: Detector<State>,
): { name: string; pointsPerSecond: number; stateBytes: number } {
  feed(detector, POINTS);
  const runs = Array.from({ length: ROUNDS }, () => feed(detector, POINTS)).sort((a, b) => a.ms - b.ms);
  const median = runs[ROUNDS >> 1];
  return {
    name: detector.name,
    pointsPerSecond: Math.round((POINTS / (median?.ms ?? Number.NaN)) * 1000),
    stateBytes: median?.stateBytes ?? Number.NaN,
  };
}

/** A daily rhythm with noise, a point a minute. */
function feed<State extends VersionedState>(
  detector: Detector<State>,
  points: number,
): { ms: number; stateBytes: number } {
  let state = detector.init();
  const start = performance.now();
  for (let index = 0; index < points; index += 1) {
    const value = Math.round(200 + 100 * Math.sin(index / 229.18) + 9 * ((index * 7919) % 13));
    state = detector.update(state, { timestamp: index * MINUTE, value, trials: 1_000 }).state;
  }
  return { ms: performance.now() - start, stateBytes: JSON.stringify(state).length };
}

function heapKiB(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1024);
}
