import { createScenario, Twin } from '../../../packages/simulator/src/index.ts';
import { accountMinutes, Watch } from './watch-twin.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const QUOTA = 40_000;
/** Minutes of quiet before the climb, in every sale. */
const QUIET_MINUTES = 120;
const CLIMB_MINUTES = 4;
const FIRST_SALE = Date.parse('2026-11-27T06:00:00Z');

/** A forecast of the highest concurrency of the coming hour, made during the second sale. */
export interface PeakForecast {
  /** Minutes after the climb began. */
  readonly minute: number;
  readonly forecast: number;
  readonly truth: number;
}

export interface PeakRun {
  readonly seed: number;
  /** The second sale's peak beside the first one's. */
  readonly factor: number;
  readonly forecasts: readonly PeakForecast[];
}

/**
 * Two sales on the twin, the second one `after` the first and `factor` times as high: at each of `minutes` after its climb began (negative: before), what the
 * next hour's highest concurrency was said to be, and what it was. Between both the quiet of the first one goes on.
 */
export function peakRun(seed: number, factor: number, afterMs: number, minutes: readonly number[]): PeakRun {
  const watch = new Watch(QUOTA);
  const first = play(sale(seed, 1, FIRST_SALE));
  for (const minute of first.minutes) watch.see(minute.start + MINUTE_MS, [minute]);
  const second = play(sale(seed + 1_000, factor, FIRST_SALE + afterMs));
  tellQuiet(watch, first.minutes, second.startedAt);
  const climbAt = second.startedAt + QUIET_MINUTES * MINUTE_MS;
  const forecasts: PeakForecast[] = [];
  for (const minute of second.minutes) {
    const at = minute.start + MINUTE_MS;
    watch.see(at, [minute]);
    const since = (at - climbAt) / MINUTE_MS;
    if (minutes.includes(since))
      forecasts.push({ minute: since, forecast: watch.peakAhead(), truth: second.highest(at, at + HOUR_MS) });
  }
  return { seed, factor, forecasts };
}

const sale = (seed: number, factor: number, startMs: number) =>
  createScenario({
    name: 'sale',
    seed,
    start: new Date(startMs).toISOString(),
    duration: `${QUIET_MINUTES + 7 * 60}m`,
    account: { concurrency: QUOTA },
    traffic: [
      {
        to: 'read-itinerary',
        curve: {
          kind: 'black-friday',
          floor: '100/s',
          peak: `${Math.round(100_000 * factor)}/s`,
          climbFrom: `${QUIET_MINUTES}m`,
          peakFrom: `${QUIET_MINUTES + CLIMB_MINUTES}m`,
          peakFor: '30m',
          decline: '6h',
        },
      },
    ],
    functions: {
      'read-itinerary': { memoryMb: 1024, architecture: 'arm64', timeout: '10s', cpuMs: 18, waitMs: 4, initMs: 350 },
    },
  });

function play(scenario: ReturnType<typeof createScenario>) {
  const twin = new Twin(scenario);
  const startedAt = twin.now;
  const minutes = accountMinutes(twin, twin.advanceTo(twin.endsAt));
  const ticks = Array.from(twin.series.get('read-itinerary.concurrency'));
  const tickOf = (time: number): number => Math.round((time - startedAt) / scenario.tick);
  return {
    startedAt,
    minutes,
    highest: (from: number, until: number): number => Math.max(...ticks.slice(tickOf(from), tickOf(until))),
  };
}

/** The hour before the first climb over and over, told an hour at a time. */
function tellQuiet(watch: Watch, first: ReturnType<typeof accountMinutes>, until: number): void {
  const hour = first.slice(QUIET_MINUTES - 60, QUIET_MINUTES);
  const from = first.at(-1)!.start + MINUTE_MS;
  for (let start = from; start < until; start += HOUR_MS) {
    const minutes = hour.map(({ load }, at) => ({ start: start + at * MINUTE_MS, load }));
    const told = minutes.filter((minute) => minute.start < until);
    watch.see(told.at(-1)!.start + MINUTE_MS, told);
  }
}

export { DAY_MS, HOUR_MS };
