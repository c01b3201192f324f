import type { Json } from '../../../core/protocols/json.ts';
import type { TaskState } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import { fillOptional, numberOf, textOf } from './data-flow.ts';
import type { Frame } from './frame.ts';
import type { Completion, TaskToken } from './run.ts';
import type { Scope } from './scope.ts';
import { type TaskEvents, taskEvents } from './task-events.ts';
import { parseTaskResource, type TaskResource } from './task-resource.ts';

/** One attempt of a task: the call, what follows it for `.sync` and `.waitForTaskToken`, its timeout and its heartbeat. */
export async function performTask(state: TaskState, data: Json, frame: Frame): Promise<Json> {
  const resource = parseTaskResource(state.Resource) as TaskResource;
  const token = resource.pattern === 'token' ? frame.thread.run.tasks.newToken() : undefined;
  const attempt = token ? { ...frame, context: { ...frame.context, Task: { Token: token.token } } } : frame;
  try {
    const parameters = fillOptional(state.Parameters, data, attempt);
    const limits = limitsOf(state, data, attempt);
    const events = taskEvents(attempt, resource);
    events.scheduled(textOf(parameters, frame.name), limits);
    const output = await frame.thread.scope.within((scope) => {
      watch(scope, frame, limits, token);
      return carryOut({ resource, parameters, scope, events, token, frame });
    });
    return fillOptional(state.ResultSelector, output, attempt);
  } finally {
    token?.close();
  }
}

export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

function limitsOf(state: TaskState, data: Json, frame: Frame): TaskLimits {
  const { TimeoutSeconds, TimeoutSecondsPath, HeartbeatSeconds, HeartbeatSecondsPath } = state;
  return {
    timeoutSeconds: numberOf(
      { value: TimeoutSeconds, path: TimeoutSecondsPath, field: 'TimeoutSecondsPath' },
      data,
      frame,
    ),
    heartbeatSeconds: numberOf(
      { value: HeartbeatSeconds, path: HeartbeatSecondsPath, field: 'HeartbeatSecondsPath' },
      data,
      frame,
    ),
  };
}

/** Calls the attempt off when its time is over. AWS reports a missed heartbeat as `States.Timeout` too. */
function watch(
  scope: Scope,
  { thread }: Frame,
  { timeoutSeconds, heartbeatSeconds }: TaskLimits,
  token: TaskToken | undefined,
): void {
  const { clock } = thread.run;
  if (timeoutSeconds !== undefined)
    scope.cancelAfter(clock, timeoutSeconds * 1000, () => new StateError('States.Timeout'));
  if (heartbeatSeconds === undefined || !token) return;
  const missed = () => new StateError('States.Timeout', undefined, ['States.HeartbeatTimeout']);
  let stop = scope.cancelAfter(clock, heartbeatSeconds * 1000, missed);
  token.onHeartbeat(() => {
    stop();
    if (!scope.reason) stop = scope.cancelAfter(clock, heartbeatSeconds * 1000, missed);
  });
}

interface Attempt {
  readonly resource: TaskResource;
  readonly parameters: Json;
  readonly scope: Scope;
  readonly events: TaskEvents;
  readonly token: TaskToken | undefined;
  readonly frame: Frame;
}

async function carryOut(attempt: Attempt): Promise<Json> {
  const { scope, events, frame } = attempt;
  const finished = new AbortController();
  const stopListening = scope.onCancel((reason) => finished.abort(reason));
  try {
    const output = await scope.race(answer(attempt, finished.signal));
    events.succeeded(textOf(output, frame.name));
    return output;
  } catch (error) {
    if (!frame.thread.scope.reason && error instanceof StateError) events.failed(error);
    throw error;
  } finally {
    stopListening();
    // The timers of the attempt go with it.
    scope.cancel(new Error('The attempt is over.'));
  }
}

/** What the task gives: the answer itself, what was started by it, or what somebody reports for the token, be it before the answer. */
async function answer(
  { resource, parameters, scope, events, token, frame }: Attempt,
  signal: AbortSignal,
): Promise<Json> {
  const { tasks } = frame.thread.run;
  const submitted = tasks.call({ resource, parameters, signal });
  if (resource.pattern === 'request-response') return submitted;
  if (token) {
    const failure = submitted.then((output) => {
      if (!scope.reason) events.submitted(textOf(output, frame.name));
      return token.output;
    });
    return Promise.race([token.output, failure]);
  }
  const output = await submitted;
  if (scope.reason) throw scope.reason;
  events.submitted(textOf(output, frame.name));
  return ended(tasks.completion(resource, output), scope);
}

async function ended(completion: Completion, scope: Scope): Promise<Json> {
  const stopListening = scope.onCancel(() => completion.cancel());
  try {
    return await completion.output;
  } finally {
    stopListening();
  }
}
