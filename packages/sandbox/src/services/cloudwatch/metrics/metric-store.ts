import { Distribution } from './distribution.ts';

export type Dimensions = Readonly<Record<string, string>>;

const MINUTE_MS = 60_000;

/** What identifies a metric. */
export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
}

/** A datapoint of a period. */
export interface PeriodData {
  /** Start of the period, in epoch milliseconds. */
  readonly startMs: number;
  readonly distribution: Distribution;
}

/** Start of a minute, then of the second or minute within it, to what was put there. */
type Minutes = Map<number, Map<number, Distribution>>;

interface Series extends MetricIdentity {
  readonly units: Map<string, Minutes>;
}

export interface Sample {
  readonly unit: string;
  readonly timestamp: number;
  /** 1 or 60. */
  readonly storageResolutionSeconds: number;
  add(to: Distribution): void;
}

/** Every metric of the account, at the resolution at which it was put. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  put(metric: MetricIdentity, sample: Sample): void {
    const series = this.#series.get(keyOf(metric)) ?? { ...metric, units: new Map() };
    this.#series.set(keyOf(metric), series);
    const minutes = getOrSet(series.units, sample.unit, (): Minutes => new Map());
    const buckets = getOrSet(minutes, alignedTo(sample.timestamp, MINUTE_MS), () => new Map<number, Distribution>());
    const start = alignedTo(sample.timestamp, sample.storageResolutionSeconds * 1000);
    sample.add(getOrSet(buckets, start, () => new Distribution()));
  }

  list(): readonly MetricIdentity[] {
    return [...this.#series.values()];
  }

  unitOf(metric: MetricIdentity): string | undefined {
    return this.#series.get(keyOf(metric))?.units.keys().next().value;
  }

  /** Periods with data in `[fromMs, untilMs)`, oldest first, counted from `anchorMs`; all units together where none is asked for. */
  query(metric: MetricIdentity, range: QueryRange, unit?: string): readonly PeriodData[] {
    const periods = new Map<number, Distribution>();
    const { fromMs, untilMs, periodMs, anchorMs = 0 } = range;
    for (const [name, minutes] of this.#series.get(keyOf(metric))?.units ?? []) {
      if (unit !== undefined && unit !== name) continue;
      for (const [start, distribution] of bucketsWithin(minutes, fromMs, untilMs)) {
        const period = anchorMs + alignedTo(start - anchorMs, periodMs);
        getOrSet(periods, period, () => new Distribution()).merge(distribution);
      }
    }
    return [...periods].sort(([a], [b]) => a - b).map(([startMs, distribution]) => ({ startMs, distribution }));
  }
}

export interface QueryRange {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly periodMs: number;
  readonly anchorMs?: number;
}

export function alignedTo(timeMs: number, stepMs: number): number {
  return Math.floor(timeMs / stepMs) * stepMs;
}

function keyOf({ namespace, metricName, dimensions }: MetricIdentity): string {
  return JSON.stringify([namespace, metricName, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Goes through the minutes asked for or the minutes there are, whichever are fewer: alarms ask for few out of many. */
function bucketsWithin(
  minutes: Minutes,
  fromMs: number,
  untilMs: number,
): readonly (readonly [number, Distribution])[] {
  const first = alignedTo(fromMs, MINUTE_MS);
  const asked = Math.ceil((untilMs - first) / MINUTE_MS);
  const starts =
    asked < minutes.size ? Array.from({ length: asked }, (_, index) => first + index * MINUTE_MS) : [...minutes.keys()];
  return starts
    .flatMap((start) => [...(minutes.get(start) ?? [])])
    .filter(([start]) => start >= fromMs && start < untilMs);
}

function getOrSet<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
