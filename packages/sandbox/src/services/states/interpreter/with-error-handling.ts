import type { Json } from '../../../core/protocols/json.ts';
import type { Catcher, MapState, ParallelState, Retrier, TaskState } from '../language/definition.ts';
import { retryDelayMs } from '../language/retry-delay.ts';
import { errorOutput, matchesError, StateError } from '../language/state-error.ts';
import { placeResult } from './data-flow.ts';
import type { Frame } from './frame.ts';
import type { Step } from './run-state.ts';

export interface Attempts {
  readonly frameOf: (retryCount: number) => Frame;
  readonly attempt: (frame: Frame) => Promise<Json>;
}

/** Tries a state again as its retriers say, then hands its error to the first catcher that matches. */
export async function withErrorHandling(
  state: TaskState | ParallelState | MapState,
  input: Json,
  { frameOf, attempt }: Attempts,
): Promise<Step> {
  const used = new Map<Retrier, number>();
  for (let retryCount = 0; ; retryCount += 1) {
    const frame = frameOf(retryCount);
    const { scope, run } = frame.thread;
    try {
      return { output: await attempt(frame), next: state.Next };
    } catch (error) {
      if (scope.reason || !(error instanceof StateError)) throw error;
      const delayMs = nextDelayMs(state.Retry ?? [], used, error, run.random);
      if (delayMs === undefined) return caught(state.Catch ?? [], input, error);
      await scope.sleep(run.clock, delayMs);
    }
  }
}

/** Only the first retrier that matches counts; each counts its own retries. */
function nextDelayMs(
  retriers: readonly Retrier[],
  used: Map<Retrier, number>,
  error: StateError,
  random: () => number,
): number | undefined {
  const retrier = retriers.find(({ ErrorEquals }) => matchesError(ErrorEquals, error));
  if (!retrier) return undefined;
  const attempt = used.get(retrier) ?? 0;
  used.set(retrier, attempt + 1);
  return retryDelayMs(retrier, attempt, random);
}

function caught(catchers: readonly Catcher[], input: Json, error: StateError): Step {
  const catcher = catchers.find(({ ErrorEquals }) => matchesError(ErrorEquals, error));
  if (!catcher) throw error;
  return { output: placeResult(catcher.ResultPath, input, errorOutput(error)), next: catcher.Next };
}
