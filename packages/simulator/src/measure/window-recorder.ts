import type { FunctionWindow } from '@lamplighter/contracts';
import { type Architecture, costOfInvocation } from '@lamplighter/pricing';
import { mergedDurations, sketchOf } from './duration-sketch.ts';
import { VersionRecorder } from './version-recorder.ts';

export const WINDOW_MS = 60_000;

export type Outcome = 'success' | 'error' | 'timeout' | 'out-of-memory';

/** Some invocations that went alike. */
export interface Invocations {
  /** Number of the version that ran. */
  readonly version: string;
  readonly count: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** 0 for a warm start. */
  readonly initMs: number;
  readonly memorySizeMb: number;
  readonly memoryUsedMb: number;
}

/** Counts a function's invocations into the windows that ingestion would make of their logs: each counts in the minute it began, and in its version. */
export class WindowRecorder {
  readonly #functionName: string;
  readonly #epochMs: number;
  readonly #architecture: Architecture;
  #minute = 0;
  #figures = emptyFigures();
  #versions: VersionRecorder[] = [];
  /** Of the version that was invoked last: mostly the next one's too. */
  #lastVersion: VersionRecorder | undefined;

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
    this.#versionOf(invocations).add(invocations);
  }

  /** Closes the minute where the time is past it; nothing for a minute in which nothing was invoked, as ingestion sees none. */
  closeBefore(nowMs: number): FunctionWindow[] {
    const minute = Math.floor(nowMs / WINDOW_MS);
    if (minute <= this.#minute) return [];
    const windows = this.#figures.invocations === 0 ? [] : [this.#window()];
    this.#minute = minute;
    this.#figures = emptyFigures();
    this.#versions = [];
    this.#lastVersion = undefined;
    return windows;
  }

  #versionOf({ version }: Invocations): VersionRecorder {
    if (this.#lastVersion?.version === version) return this.#lastVersion;
    let found = this.#versions.find((each) => each.version === version);
    if (found === undefined) {
      found = new VersionRecorder(version);
      this.#versions.push(found);
    }
    this.#lastVersion = found;
    return found;
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
      ...this.#ofVersions(),
    };
  }

  /** The sketches of all versions, and of each; of a version alone it is the same. */
  #ofVersions(): Required<Pick<FunctionWindow, 'durationSketch' | 'byVersion'>> {
    const [only, ...others] = this.#versions;
    if (only !== undefined && others.length === 0) {
      const durationSketch = sketchOf(only.durations);
      return { durationSketch, byVersion: [only.figures(durationSketch)] };
    }
    const durationSketch = sketchOf(mergedDurations(this.#versions.map(({ durations }) => durations)));
    const inOrder = [...this.#versions].sort((a, b) => (a.version < b.version ? -1 : 1));
    return { durationSketch, byVersion: inOrder.map((each) => each.figures()) };
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
