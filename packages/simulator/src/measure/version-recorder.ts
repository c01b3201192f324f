import type { VersionFigures } from '@lamplighter/contracts';
import { countDurations, type DurationCounts, noDurations, sketchOf } from './duration-sketch.ts';
import type { Invocations } from './window-recorder.ts';

/** What one version did in a minute. */
export class VersionRecorder {
  readonly version: string;
  /** Of all outcomes. */
  readonly durations: DurationCounts = noDurations();
  #invocations = 0;
  #failures = 0;
  #coldStarts = 0;
  #durationSum = 0;
  #durationMax = 0;

  constructor(version: string) {
    this.version = version;
  }

  add({ count, outcome, durationMs, initMs }: Invocations): void {
    this.#invocations += count;
    if (outcome !== 'success') this.#failures += count;
    if (initMs > 0) this.#coldStarts += count;
    this.#durationSum += count * durationMs;
    if (durationMs > this.#durationMax) this.#durationMax = durationMs;
    countDurations(this.durations, durationMs, count);
  }

  /** `durationSketch` where it is known already. */
  figures(durationSketch = sketchOf(this.durations)): VersionFigures {
    return {
      version: this.version,
      invocations: this.#invocations,
      failures: this.#failures,
      coldStarts: this.#coldStarts,
      durationMs: { sum: this.#durationSum, max: this.#durationMax },
      durationSketch,
    };
  }
}
