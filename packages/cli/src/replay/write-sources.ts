import type { OffsetClock, Sandbox } from '@lamplighter/sandbox';
import type { ReplayEvent, ReplaySource } from './input/replay-source.ts';

/** How deliveries are to be disturbed, as CloudWatch Logs may disturb them. */
export interface Disturbance {
  /** Cut anywhere and delivered in any order. */
  readonly shuffle: boolean;
  /** Probability from 0 to 1 that a payload comes twice. */
  readonly duplicateProbability: number;
  readonly seed: number;
}

/** How much is on its way at once: enough to keep the pipeline busy, little enough to bound memory. */
const WINDOW_EVENTS = 10_000;
const WINDOW_CHARACTERS = 8 * 1024 * 1024;
/** Each payload beyond the environments that are warm starts another one. */
const WINDOW_STREAMS = 2;
/** Shuffling is over a window: more streams, cut into about this many payloads beyond one for each stream. */
const SHUFFLED_WINDOW_STREAMS = 8;
const SHUFFLED_PAYLOADS = 10;
/** Longer than the batching window of the stream door's mapping. */
const BATCHING_MS = 2_000;
/** Longer than Lambda waits before the second retry of an asynchronous call (1 and 2 minutes). */
const RETRIES_MS = 5 * 60_000;
/** Nothing leaves before the window is full and flushed. */
const NEVER_BY_ITSELF_MS = 365 * 86_400_000;

/** Writes events into the sandbox's log groups as their functions would have, and waits until the pipeline has taken in every one. */
export async function writeSources(
  sandbox: Sandbox,
  clock: OffsetClock,
  sources: readonly ReplaySource[],
  disturbance: Disturbance,
  onWritten: (events: number) => void,
): Promise<void> {
  const { logs } = sandbox.peers;
  const { shuffle, duplicateProbability, seed } = disturbance;
  const previous = logs.delivery.shape;
  logs.delivery.reshape({
    flushIntervalMs: NEVER_BY_ITSELF_MS,
    shuffle,
    randomSplits: shuffle,
    duplicateProbability,
    seed,
    ...(shuffle ? { maxEventsPerPayload: shuffledPayload(sources) } : {}),
  });
  let written = 0;
  for (const window of windowsOf(sources, shuffle ? SHUFFLED_WINDOW_STREAMS : WINDOW_STREAMS)) {
    for (const { source, events } of window) {
      await logs.write(source.logGroup, source.logStream, events, source.owner);
      written += events.length;
    }
    await logs.delivery.flush();
    await sandbox.idle();
    await clock.advance(BATCHING_MS);
    onWritten(written);
  }
  await clock.advance(RETRIES_MS);
  logs.delivery.reshape(previous);
}

/** Payloads are cut at random from 1 to this many events. */
function shuffledPayload(sources: readonly ReplaySource[]): number {
  const total = sources.reduce((sum, { events }) => sum + events.length, 0);
  return Math.ceil((2 * Math.min(total, WINDOW_EVENTS)) / SHUFFLED_PAYLOADS);
}

interface Slice {
  readonly source: ReplaySource;
  readonly events: readonly ReplayEvent[];
}

/** The sources in slices, gathered into windows. */
function* windowsOf(sources: readonly ReplaySource[], maxStreams: number): Generator<readonly Slice[]> {
  let window: Slice[] = [];
  let events = 0;
  let characters = 0;
  for (const source of sources) {
    let start = 0;
    for (let index = 0; index < source.events.length; index++) {
      events++;
      characters += source.events[index]?.message.length ?? 0;
      if (events < WINDOW_EVENTS && characters < WINDOW_CHARACTERS) continue;
      yield [...window, { source, events: source.events.slice(start, index + 1) }];
      window = [];
      start = index + 1;
      events = characters = 0;
    }
    if (start < source.events.length) window.push({ source, events: source.events.slice(start) });
    if (window.length < maxStreams) continue;
    yield window;
    window = [];
    events = characters = 0;
  }
  if (window.length > 0) yield window;
}
