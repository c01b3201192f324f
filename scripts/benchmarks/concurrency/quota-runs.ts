import { createScenario, type ScenarioInput, Twin } from '../../../packages/simulator/src/index.ts';
import { seededRandom } from '../../traffic/seeded-random.ts';
import { accountMinutes, Watch } from './watch-twin.ts';

const MINUTE_MS = 60_000;
const QUOTA = 1_000;
/** Rate of calls that keeps one environment busy, a second. */
const CALLS_PER_ENVIRONMENT = 10;
const START = '2026-11-27T06:00:00Z';
const DURATION = '7h';

export type Family = 'seasonal' | 'ramp' | 'step-up' | 'two-functions';

/** One seeded run on the twin: when the quota was hit, and what was said before. */
export interface QuotaRun {
  readonly family: Family;
  readonly seed: number;
  /** Of the load's mean at its highest beside the quota. */
  readonly peakShare: number;
  /** Minutes from the start to the first throttled call; absent where none was. */
  readonly hitMinute?: number;
  /** Minutes from the start at which the breach that stood when the quota was hit was predicted. */
  readonly toldMinute?: number;
  /** Breaches that were predicted and withdrawn. */
  readonly withdrawn: number;
  readonly predicted: number;
}

/** A run of a family: its peak, shape and noise follow from the seed. */
export function quotaRun(family: Family, seed: number): QuotaRun {
  const draw = seededRandom(seed);
  const peakShare = peakShareOf(family, draw);
  const twin = new Twin(createScenario(scenarioOf(family, { seed, peakShare, draw })));
  const watch = new Watch(QUOTA);
  const started = twin.now;
  while (!twin.isOver && !isHit(twin)) {
    const windows = twin.advanceTo(twin.now + MINUTE_MS);
    watch.see(twin.now, accountMinutes(twin, windows));
  }
  const hit = isHit(twin) ? firstThrottle(twin) : undefined;
  const minutes = (time: number): number => (time - started) / MINUTE_MS;
  const before = watch.changes.filter(({ at }) => hit === undefined || minutes(at) <= hit);
  const standing = before.findLast(({ change }) => change === 'predicted' || change === 'withdrawn');
  return {
    family,
    seed,
    peakShare,
    ...(hit !== undefined && { hitMinute: hit }),
    ...(standing?.change === 'predicted' && { toldMinute: minutes(standing.at) }),
    withdrawn: before.filter(({ change }) => change === 'withdrawn').length,
    predicted: before.filter(({ change }) => change === 'predicted').length,
  };
}

/** A peak that every ramp reaches if it goes on. */
const FAR_BEYOND = 2;

/**
 * How many minutes before the quota is hit the ramp of a seed stops: the same ramp, had it gone on, meets its first throttled call so much later. Until it
 * stops nothing tells it from one that goes on.
 */
export function minutesLeftAtStop(seed: number): number {
  const draw = seededRandom(seed);
  const peakShare = peakShareOf('ramp', draw);
  const scenario = scenarioOf('ramp', { seed, peakShare, draw });
  const [traffic] = scenario.traffic!;
  const { curve } = traffic!;
  if (curve.kind !== 'ramp') throw new Error('A ramp is expected.');
  const stopMinute = Number.parseInt(String(curve.over), 10);
  const over = `${Math.round((stopMinute * (FAR_BEYOND - RAMP_FROM)) / (peakShare - RAMP_FROM))}m`;
  const goesOn = { ...traffic!, curve: { ...curve, to: rateOf(FAR_BEYOND), over } };
  const twin = new Twin(createScenario({ ...scenario, duration: over, traffic: [goesOn] }));
  while (!twin.isOver && !isHit(twin)) twin.advanceTo(twin.now + MINUTE_MS);
  return firstThrottle(twin)! - stopMinute;
}

const peakShareOf = (family: Family, draw: () => number): number =>
  family === 'step-up' ? 0.3 + 0.5 * draw() : 0.4 + 1.2 * draw();

const RAMP_FROM = 0.1;
const rateOf = (share: number): string => `${Math.round(share * QUOTA * CALLS_PER_ENVIRONMENT)}/s`;

function scenarioOf(
  family: Family,
  { seed, peakShare, draw }: { seed: number; peakShare: number; draw: () => number },
): ScenarioInput {
  const spec = { cpuMs: 0, waitMs: 100, initMs: 300 };
  const curve = (share: number): Curve => {
    if (family === 'step-up') return { kind: 'ramp', from: rateOf(0.2 * share), to: rateOf(share), over: '20m' };
    if (family === 'ramp')
      return { kind: 'ramp', from: rateOf(RAMP_FROM), to: rateOf(share), over: `${Math.round(60 + 240 * draw())}m` };
    const noisePct = Math.round(1 + 5 * draw());
    return { kind: 'seasonal', low: rateOf(0.03), high: rateOf(share), period: '8h', highAt: '4h', noisePct };
  };
  const isTwo = family === 'two-functions';
  return {
    name: family,
    seed,
    start: START,
    duration: DURATION,
    tick: '250ms',
    account: { concurrency: QUOTA },
    traffic: [
      { to: 'shop', curve: curve(isTwo ? 0.6 * peakShare : peakShare) },
      ...(isTwo ? [{ to: 'search', curve: curve(0.4 * peakShare) }] : []),
    ],
    functions: { shop: spec, ...(isTwo && { search: { ...spec, memoryMb: 512 } }) },
  };
}

type Curve = NonNullable<ScenarioInput['traffic']>[number]['curve'];

const throttlesOf = (twin: Twin, name: string): ArrayLike<number> => twin.series.get(`${name}.throttles`);

function firstThrottle(twin: Twin): number | undefined {
  const ticks = [...twin.parts.functions.keys()].map((name) =>
    Array.from(throttlesOf(twin, name)).findIndex((n) => n > 0),
  );
  const hits = ticks.filter((tick) => tick >= 0);
  return hits.length === 0 ? undefined : (Math.min(...hits) * twin.scenario.tick) / MINUTE_MS;
}

const isHit = (twin: Twin): boolean => twin.state().functions.some(({ throttles }) => throttles > 0);
