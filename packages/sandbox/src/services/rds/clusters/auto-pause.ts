import { ApiError } from '../../../core/service.ts';
import type { Clock } from '../../../core/time/clock.ts';

export interface AutoPauseOptions {
  readonly clock: Clock;
  /** Seconds without a connection after which the cluster pauses; undefined where it never does. */
  readonly idleSeconds: () => number | undefined;
  readonly openConnections: () => number;
  readonly resumeMs: number;
}

/** After a day of pause an instance sleeps deeper, and takes twice as long or more. */
const DEEP_SLEEP_AFTER_MS = 86_400_000;

/**
 * Pause and resume of a cluster whose minimum is zero. Source: Aurora User Guide, "Scaling to Zero ACUs with automatic pause and resume":
 * idle for 300 s by default, about 15 s to resume, 30 s or more after 24 hours.
 */
export class AutoPause {
  readonly #options: AutoPauseOptions;
  #lastUseAt: number;
  #resumesAt = 0;

  constructor(options: AutoPauseOptions) {
    this.#options = options;
    this.#lastUseAt = options.clock.now();
  }

  /** Epoch milliseconds since when the cluster is paused; undefined while it is not. */
  get pausedSince(): number | undefined {
    const { clock, idleSeconds, openConnections } = this.#options;
    const seconds = idleSeconds();
    if (seconds === undefined || openConnections() > 0) return undefined;
    const pausesAt = this.#lastUseAt + seconds * 1000;
    return clock.now() >= pausesAt ? pausesAt : undefined;
  }

  /** Notes a use. A paused cluster begins to resume, and until it has, every use is refused. */
  use(instanceArn: string): void {
    const { clock, resumeMs } = this.#options;
    const since = this.pausedSince;
    if (since !== undefined) {
      this.#resumesAt = clock.now() + resumeMs * (clock.now() - since > DEEP_SLEEP_AFTER_MS ? 2 : 1);
      this.#lastUseAt = this.#resumesAt;
    }
    if (clock.now() < this.#resumesAt) throw resuming(instanceArn);
    this.#lastUseAt = clock.now();
  }
}

/** Wording seen in public reports of the error. */
const resuming = (instanceArn: string): ApiError =>
  new ApiError(
    'DatabaseResumingException',
    `The Aurora DB instance ${instanceArn} is resuming after being auto-paused. Please wait a few seconds and try again.`,
  );
