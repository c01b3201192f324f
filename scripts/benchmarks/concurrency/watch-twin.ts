import type { FunctionWindow } from '../../../packages/contracts/src/index.ts';
import {
  addLoads,
  type LimitChange,
  type LoadForecast,
  lookAhead,
  type MinuteLoad,
  minuteLoadOf,
  newPredictionState,
  type PredictionState,
  predictLoad,
  type WatchedLimit,
} from '../../../packages/prediction/src/index.ts';
import type { Twin } from '../../../packages/simulator/src/index.ts';

const MINUTE_MS = 60_000;

/** An account that is watched by the minute, as the prediction service does it. */
export class Watch {
  readonly #limits: readonly WatchedLimit[];
  readonly changes: (LimitChange & { readonly at: number })[] = [];
  readonly forecasts: LoadForecast[] = [];
  #state: PredictionState = newPredictionState();

  constructor(quota: number) {
    const name = 'Concurrent executions';
    this.#limits = [{ kind: 'account-concurrency', name, value: quota, unit: 'environments', of: 'concurrency' }];
  }

  get state(): PredictionState {
    return this.#state;
  }

  /** The highest mean of the coming hour, as forecast from the newest minute. */
  peakAhead(): number {
    return Math.max(...lookAhead(this.#state).mean);
  }

  /** Windows that closed at an epoch time; minutes of `loads` where they are summed already. */
  see(at: number, loads: readonly { readonly start: number; readonly load: MinuteLoad }[]): void {
    const news = loads.map((one) => ({ ...one, revision: 0 }));
    const { state, forecasts, changes } = predictLoad(this.#state, news, {
      now: at,
      limits: this.#limits,
      metrics: ['concurrency'],
    });
    this.#state = state;
    this.forecasts.push(...forecasts);
    this.changes.push(...changes.map((change) => ({ ...change, at })));
  }
}

/**
 * The windows of all functions, minute by minute, as the account's load. Ingestion counts the most attempts that ran at one instant of a minute; the twin's
 * windows do not, so it is read from its ticks.
 */
export function accountMinutes(twin: Twin, windows: readonly FunctionWindow[]): { start: number; load: MinuteLoad }[] {
  const minutes = new Map<number, MinuteLoad>();
  for (const window of windows) {
    const load = minuteLoadOf({ ...window, maxConcurrency: mostAtOnce(twin, window) });
    const known = minutes.get(window.start);
    minutes.set(window.start, known === undefined ? load : addLoads(known, load));
  }
  return [...minutes].map(([start, load]) => ({ start, load })).sort((a, b) => a.start - b.start);
}

function mostAtOnce({ series, scenario }: Twin, { functionName, start }: FunctionWindow): number {
  const from = Math.round((start - Date.parse(scenario.start)) / scenario.tick);
  const ticks = series.get(`${functionName}.concurrency`).slice(from, from + Math.round(MINUTE_MS / scenario.tick));
  return Math.max(...ticks);
}
