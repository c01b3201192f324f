import { setTimeout as wait } from 'node:timers/promises';
import { ACTION_SHARES, type ActionShares, startAction } from './actions.ts';
import { arrivals } from './arrivals.ts';
import { KnownBookings } from './known-bookings.ts';
import { Latencies, type LatencyFigures } from './latencies.ts';
import type { RateCurve } from './rate-curves.ts';
import { seededRandom } from './seeded-random.ts';
import type { TrafficTarget } from './traffic-target.ts';

export interface TrafficOptions {
  readonly target: TrafficTarget;
  readonly curve: RateCurve;
  readonly seed: number;
  /** Parts of all actions, in any unit. */
  readonly shares?: ActionShares;
  /** Bookings made before the curve begins, so that there is something to look up. Not measured. */
  readonly bookingsBefore?: number;
  /** What the target takes for now; the machine's own time where absent. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  /** Told a few times a second. */
  readonly onProgress?: (progress: TrafficProgress) => void;
}

export interface TrafficProgress {
  readonly elapsedMs: number;
  readonly durationMs: number;
  readonly sent: number;
  readonly answered: number;
  readonly inFlight: number;
  /** Answers of the last five seconds, per second. */
  readonly perSecond: number;
  readonly meantPerSecond: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface TrafficReport {
  readonly curve: string;
  readonly seed: number;
  readonly durationMs: number;
  readonly wasStopped: boolean;
  readonly sent: number;
  /** By HTTP status; `none` where no answer came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers of 500 and more, and none at all. */
  readonly failed: number;
  /** Most requests under way at once. */
  readonly mostInFlight: number;
  /** Most that the generator itself was late: its own part of the latencies. */
  readonly latestSendMs: number;
  readonly latencies: { readonly total: LatencyFigures; readonly byAction: Readonly<Record<string, LatencyFigures>> };
}

const PROGRESS_MS = 250;
/** Arrivals are random: the rate of a shorter time says more of chance than of the target. */
const RECENT_MS = 5_000;

/**
 * Sends traffic along a curve and measures it. Open loop: requests leave when they were meant to, whether others were answered or not, and
 * a latency counts from the moment that its request was meant to be sent, so a server that stalls is charged with all who waited
 * (no coordinated omission). Aborting the signal ends it early; the report is of what was sent.
 */
export async function runTraffic(options: TrafficOptions): Promise<TrafficReport> {
  const { target, curve, seed, now = Date.now, signal = new AbortController().signal } = options;
  const run = newRun();
  const context = {
    target,
    known: new KnownBookings(),
    random: seededRandom(seed),
    runId: `${seed}-${now()}`,
    now,
    signal,
  };
  await bookBefore(options.bookingsBefore ?? 0, context);
  const startedAt = performance.now();
  const reporting = setInterval(
    () => options.onProgress?.(progressOf(run, curve, performance.now() - startedAt)),
    PROGRESS_MS,
  );
  try {
    for (const atMs of arrivals(curve, seededRandom(seed + 1))) {
      await waitUntil(startedAt + atMs, signal);
      if (signal.aborted) break;
      send(startAction(options.shares ?? ACTION_SHARES, context), startedAt + atMs, run);
    }
    await Promise.all(run.underWay);
  } finally {
    clearInterval(reporting);
  }
  return reportOf(run, { curve, seed, durationMs: performance.now() - startedAt, wasStopped: signal.aborted });
}

type Context = Parameters<typeof startAction>[1];

async function bookBefore(count: number, context: Context): Promise<void> {
  for (let booked = 0; booked < count && !context.signal.aborted; booked += 1) {
    await startAction({ book: 1 }, context).done.catch(() => undefined);
  }
}

/** Timers of Node are good to a millisecond; what is late anyway is not waited for. */
async function waitUntil(at: number, signal: AbortSignal): Promise<void> {
  const ms = at - performance.now();
  if (ms > 0.5) await wait(ms, undefined, { signal }).catch(() => undefined);
}

interface Run {
  readonly latencies: Latencies;
  readonly statuses: Map<string, number>;
  readonly underWay: Set<Promise<void>>;
  sent: number;
  answered: number;
  failed: number;
  mostInFlight: number;
  latestSendMs: number;
  recent: { readonly elapsedMs: number; readonly answered: number }[];
}

const newRun = (): Run => ({
  latencies: new Latencies(),
  statuses: new Map(),
  underWay: new Set(),
  sent: 0,
  answered: 0,
  failed: 0,
  mostInFlight: 0,
  latestSendMs: 0,
  recent: [{ elapsedMs: 0, answered: 0 }],
});

const FIRST_FAILURE = 500;

function send({ name, done }: ReturnType<typeof startAction>, meantAt: number, run: Run): void {
  run.sent += 1;
  run.latestSendMs = Math.max(run.latestSendMs, performance.now() - meantAt);
  const finished = done
    .then(({ status }) => status)
    .catch(() => undefined)
    .then((status) => {
      run.latencies.record(name, performance.now() - meantAt);
      const key = String(status ?? 'none');
      run.statuses.set(key, (run.statuses.get(key) ?? 0) + 1);
      run.answered += 1;
      if (status === undefined || status >= FIRST_FAILURE) run.failed += 1;
      run.underWay.delete(finished);
    });
  run.underWay.add(finished);
  run.mostInFlight = Math.max(run.mostInFlight, run.underWay.size);
}

function progressOf(run: Run, curve: RateCurve, elapsedMs: number): TrafficProgress {
  const { sent, answered, failed, underWay, latencies } = run;
  const { p50Ms, p99Ms } = latencies.total();
  const perSecond = recentRate(run, elapsedMs);
  const { durationMs } = curve;
  return {
    elapsedMs,
    durationMs,
    sent,
    answered,
    inFlight: underWay.size,
    perSecond,
    meantPerSecond: curve.at(elapsedMs),
    failed,
    p50Ms,
    p99Ms,
  };
}

function recentRate(run: Run, elapsedMs: number): number {
  run.recent = [
    ...run.recent.filter((each) => elapsedMs - each.elapsedMs <= RECENT_MS),
    { elapsedMs, answered: run.answered },
  ];
  const [oldest] = run.recent;
  return ((run.answered - oldest!.answered) * 1_000) / Math.max(1, elapsedMs - oldest!.elapsedMs);
}

function reportOf(
  { latencies, statuses, sent, failed, mostInFlight, latestSendMs }: Run,
  { curve, seed, durationMs, wasStopped }: { curve: RateCurve; seed: number; durationMs: number; wasStopped: boolean },
): TrafficReport {
  return {
    curve: curve.name,
    seed,
    durationMs: Math.round(durationMs),
    wasStopped,
    sent,
    statuses: Object.fromEntries([...statuses].sort()),
    failed,
    mostInFlight,
    latestSendMs: Math.round(latestSendMs * 100) / 100,
    latencies: { total: latencies.total(), byAction: latencies.figures() },
  };
}
