import { gzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import type { FunctionWindow } from '@lamplighter/contracts';
import { type Architecture, costOfInvocation } from '@lamplighter/pricing';

export const WINDOW_MS = 60_000;
/** As in the windows that ingestion makes, so that both merge. */
const RELATIVE_ACCURACY = 0.01;
const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** Bins of the sketch that are kept, of durations from 0.02 ms to 900 s: index of the first, and how many. */
const FIRST_BIN = -200;
const BINS = 920;

export type Outcome = 'success' | 'error' | 'timeout' | 'out-of-memory';

/** Some invocations that went alike. */
export interface Invocations {
  readonly count: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** 0 for a warm start. */
  readonly initMs: number;
  readonly memorySizeMb: number;
  readonly memoryUsedMb: number;
}

/**
 * Counts a function's invocations into the windows that ingestion would make of their logs: each counts in the minute it began. Durations go
 * into bins of the sketch's own boundaries, so filling the sketch from them adds no error.
 */
export class WindowRecorder {
  readonly #functionName: string;
  readonly #epochMs: number;
  readonly #architecture: Architecture;
  readonly #durations = new Float64Array(BINS);
  #minute = 0;
  #figures = emptyFigures();

  constructor(functionName: string, architecture: Architecture, epochMs: number) {
    this.#functionName = functionName;
    this.#architecture = architecture;
    this.#epochMs = epochMs;
  }

  add(invocations: Invocations): void {
    const { count, outcome, durationMs, initMs } = invocations;
    const figures = this.#figures;
    this.#countMemory(invocations);
    figures.invocations += count;
    if (outcome === 'error') figures.errors += count;
    else if (outcome === 'timeout') figures.timeouts += count;
    else if (outcome === 'out-of-memory') figures.outOfMemory += count;
    figures.durationSum += count * durationMs;
    if (durationMs > figures.durationMax) figures.durationMax = durationMs;
    if (initMs > 0) {
      figures.coldStarts += count;
      figures.initSum += count * initMs;
      if (initMs > figures.initMax) figures.initMax = initMs;
    }
    const bin = Math.ceil(Math.log(durationMs) / LOG_GAMMA) - FIRST_BIN;
    this.#durations[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin]! += count;
  }

  /** Closes the minute where the time is past it; nothing for a minute in which nothing was invoked, as ingestion sees none. */
  closeBefore(nowMs: number): FunctionWindow[] {
    const minute = Math.floor(nowMs / WINDOW_MS);
    if (minute <= this.#minute) return [];
    const windows = this.#figures.invocations === 0 ? [] : [this.#window()];
    this.#minute = minute;
    this.#figures = emptyFigures();
    this.#durations.fill(0);
    return windows;
  }

  /** Milliseconds are billed by the memory that the function had when it was invoked; a minute may have several. */
  #countMemory({ count, durationMs, initMs, memorySizeMb, memoryUsedMb }: Invocations): void {
    const { billed } = this.#figures;
    const last = billed.at(-1);
    const ms = count * billedMs(durationMs, initMs);
    if (last?.memorySizeMb === memorySizeMb) {
      last.count += count;
      last.ms += ms;
    } else billed.push({ memorySizeMb, count, ms });
    this.#figures.memoryUsedMb = Math.max(this.#figures.memoryUsedMb, memoryUsedMb);
  }

  #window(): FunctionWindow {
    const figures = this.#figures;
    return {
      functionName: this.#functionName,
      start: this.#epochMs + this.#minute * WINDOW_MS,
      invocations: figures.invocations,
      errors: figures.errors,
      timeouts: figures.timeouts,
      outOfMemory: figures.outOfMemory,
      initErrors: 0,
      unknown: 0,
      coldStarts: figures.coldStarts,
      durationMs: { sum: figures.durationSum, max: figures.durationMax },
      initDurationMs: { sum: figures.initSum, max: figures.initMax },
      billedDurationMs: figures.billed.reduce((sum, { ms }) => sum + ms, 0),
      maxMemoryUsedMb: Math.round(figures.memoryUsedMb),
      memorySizeMb: figures.billed.reduce((most, { memorySizeMb }) => Math.max(most, memorySizeMb), 0),
      costUsd: figures.billed.reduce((sum, part) => sum + costOf(part, this.#architecture), 0),
      durationSketch: this.#sketch(),
    };
  }

  #sketch(): string {
    const sketch = new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });
    for (let bin = 0; bin < BINS; bin++) {
      const count = this.#durations[bin]!;
      if (count > 0) sketch.accept((2 * GAMMA ** (bin + FIRST_BIN)) / (1 + GAMMA), count);
    }
    return gzipSync(sketch.toProto()).toString('base64');
  }
}

/**
 * What Lambda bills of an invocation: whole milliseconds, rounded up, with the init phase in them
 * (https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/).
 */
export const billedMs = (durationMs: number, initMs: number): number => Math.ceil(durationMs + initMs - 1e-9);

/** The price of an invocation is a fixed part and a part by time, so that of many is the fixed part so often and the sum of the others. */
function costOf({ count, ms, memorySizeMb }: Billed, architecture: Architecture): number {
  const request = costOfInvocation({ billedDurationMs: 0, memorySizeMb, architecture });
  return (count - 1) * request + costOfInvocation({ billedDurationMs: ms, memorySizeMb, architecture });
}

/** Invocations of one memory size, and the milliseconds that are billed for them. */
interface Billed {
  readonly memorySizeMb: number;
  count: number;
  ms: number;
}

function emptyFigures() {
  return {
    invocations: 0,
    errors: 0,
    timeouts: 0,
    outOfMemory: 0,
    coldStarts: 0,
    durationSum: 0,
    durationMax: 0,
    initSum: 0,
    initMax: 0,
    memoryUsedMb: 0,
    billed: [] as Billed[],
  };
}
