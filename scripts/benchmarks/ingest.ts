import { gunzipSync } from 'node:zlib';
import { attributeStream, decodeSubscriptionPayload, mergeAttempts } from '../../packages/lambda-logs/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import { buildPayload, readSamples } from './ingest-payload.ts';
import { median } from './median.ts';

const EVENTS = 1_000;
const GROWTH = [10, 30, 100, 300, 1_000, 3_000, 10_000];
const LARGEST_RATIO = 2;
const ROUNDS = 60;
const WARM_UP_ROUNDS = 60;
/** The work of a round: enough to stand out from the clock's grain. */
const EVENTS_PER_ROUND = 4_000;

export interface GrowthPoint {
  readonly events: number;
  readonly microsecondsPerEvent: number;
}

/**
 * What a payload costs from bytes to invocations (decode, parse, attribute, merge) beside bare gunzip + JSON.parse of the same bytes,
 * in processor time, measured in turns in one run; medians.
 */
export async function run(options: BenchmarkOptions): Promise<BenchmarkReport> {
  const samples = readSamples(options.data);
  const growth = GROWTH.map((events): GrowthPoint => {
    const point = measure(buildPayload(samples, events), events);
    return { events, microsecondsPerEvent: round((point.ours * 1000) / events) };
  });
  // Last, when the compiler has seen it all: a function that takes logs all day is warm.
  const payload = buildPayload(samples, EVENTS);
  const { ours, bare, ratio } = measure(payload, EVENTS);
  const eventsPerSecond = Math.round((EVENTS / ours) * 1000);
  const figures = {
    events: EVENTS,
    payloadBytes: payload.length,
    ratio,
    eventsPerSecond,
    oursMs: round(ours),
    bareMs: round(bare),
    growth,
  };
  return { figures, text: textOf(ratio, eventsPerSecond, growth), isWithinLimits: ratio <= LARGEST_RATIO };
}

function textOf(ratio: number, eventsPerSecond: number, growth: readonly GrowthPoint[]): string {
  const points = growth.map(
    ({ events, microsecondsPerEvent }) => `  ${events} events: ${microsecondsPerEvent} µs per event`,
  );
  return [
    `decode + parse + attribute + merge / bare gunzip + JSON.parse: ${ratio} (limit ${LARGEST_RATIO})`,
    `events per second on one core: ${eventsPerSecond}`,
    'growth with the size of the payload (linear: the figures stay level):',
    ...points,
  ].join('\n');
}

/** Milliseconds of processor time a payload, medians of interleaved rounds. */
function measure(payload: Buffer, events: number): { ours: number; bare: number; ratio: number } {
  const repeats = Math.max(1, Math.round(EVENTS_PER_ROUND / events));
  const ours: number[] = [];
  const bare: number[] = [];
  for (let index = -WARM_UP_ROUNDS; index < ROUNDS; index++) {
    const bareMs = time(() => parseBare(payload), repeats);
    const oursMs = time(() => ingest(payload), repeats);
    if (index < 0) continue;
    ours.push(oursMs);
    bare.push(bareMs);
  }
  const ratios = ours.map((ms, index) => ms / (bare[index] as number));
  return { ours: median(ours), bare: median(bare), ratio: round(median(ratios)) };
}

/**
 * Processor time of all threads, so that the garbage collector's helpers count, and other processes on the machine do not: by the clock a
 * long round is interrupted more often than a short one, and the ratio then tells how busy the machine is.
 */
function time(work: () => number, repeats: number): number {
  // Each side pays for its own garbage only (`pnpm bench` exposes the collector).
  globalThis.gc?.({ type: 'minor' });
  const start = process.cpuUsage();
  let checksum = 0;
  for (let index = 0; index < repeats; index++) checksum += work();
  const { user, system } = process.cpuUsage(start);
  // Results are looked at, so that nothing can be optimised away.
  if (checksum === 0) throw new RangeError('the payload held nothing');
  return (user + system) / 1000 / repeats;
}

const parseBare = (payload: Buffer): number =>
  (JSON.parse(gunzipSync(payload).toString('utf8')) as { logEvents: unknown[] }).logEvents.length;

function ingest(payload: Buffer): number {
  const decoded = decodeSubscriptionPayload(payload);
  if (decoded.kind !== 'data') throw new Error(`the benchmark's payload was not read: ${decoded.kind}`);
  const { attempts, strays } = attributeStream(decoded.batch.events, decoded.batch);
  let lines = strays.length;
  for (const attempt of attempts) lines += mergeAttempts([attempt]).logLines;
  return lines;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
