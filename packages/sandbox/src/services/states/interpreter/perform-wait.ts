import type { Json } from '../../../core/protocols/json.ts';
import type { WaitState } from '../language/definition.ts';
import { evaluateExpression } from '../language/payload-template.ts';
import { runtimeError } from '../language/state-error.ts';
import { timestampMs } from '../language/timestamp.ts';
import { numberOf } from './data-flow.ts';
import { type Frame, scopeOf } from './frame.ts';

/** Waits by the sandbox's clock; an instant that has passed is no wait. */
export async function performWait(state: WaitState, data: Json, frame: Frame): Promise<Json> {
  const { thread } = frame;
  const { clock } = thread.run;
  await thread.scope.sleep(clock, Math.max(0, waitMs(state, data, frame, clock.now())));
  return data;
}

function waitMs(state: WaitState, data: Json, frame: Frame, nowMs: number): number {
  const seconds = numberOf({ value: state.Seconds, path: state.SecondsPath, field: 'SecondsPath' }, data, frame);
  if (seconds !== undefined) return seconds * 1000;
  const text =
    state.TimestampPath === undefined
      ? state.Timestamp
      : evaluateExpression('TimestampPath', state.TimestampPath, scopeOf(frame, data));
  const at = timestampMs(text);
  if (at === undefined)
    throw runtimeError(`The Timestamp parameter cannot be parsed as a timestamp: ${JSON.stringify(text)}`);
  return at - nowMs;
}
