import type { Json } from '../../../core/protocols/json.ts';
import { chooseNext } from '../language/choice/choose.ts';
import type { State } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import { placeResult, selectByPath, textOf } from './data-flow.ts';
import { failState } from './fail-state.ts';
import { type Frame, scopeOf, type Thread } from './frame.ts';
import { performMap } from './perform-map.ts';
import { performParallel } from './perform-parallel.ts';
import { performPass } from './perform-pass.ts';
import { performTask } from './perform-task.ts';
import { performWait } from './perform-wait.ts';
import type { runGraph } from './run-graph.ts';
import { withErrorHandling } from './with-error-handling.ts';

/** Where a state leads, and what it hands on. */
export interface Step {
  readonly output: Json;
  /** Absent at the end. */
  readonly next?: string | undefined;
}

export interface StateSurroundings {
  readonly thread: Thread;
  /** For the graphs inside Parallel and Map states. */
  readonly runGraph: typeof runGraph;
}

/** Runs one state, with its entry and its exit in the history. */
export async function runState(
  name: string,
  state: State,
  input: Json,
  { thread, runGraph }: StateSurroundings,
): Promise<Step> {
  const enteredId = thread.record(`${state.Type}StateEntered`, {
    stateEnteredEventDetails: { name, input: textOf(input, name), inputDetails: { truncated: false } },
  });
  const enteredAt = new Date(thread.run.clock.now()).toISOString();
  const frameOf = (retryCount: number): Frame => ({
    name,
    thread,
    context: { ...thread.context, State: { Name: name, EnteredTime: enteredAt, RetryCount: retryCount } },
  });
  try {
    const step = await perform(state, input, frameOf, runGraph);
    const output = textOf(step.output, name);
    thread.record(`${state.Type}StateExited`, {
      stateExitedEventDetails: { name, output, outputDetails: { truncated: false } },
    });
    return step;
  } catch (error) {
    throw locate(error, name, enteredId);
  }
}

type FrameOf = (retryCount: number) => Frame;

async function perform(state: State, input: Json, frameOf: FrameOf, runInner: typeof runGraph): Promise<Step> {
  const frame = frameOf(0);
  if (state.Type === 'Fail') throw failState(state, input, frame);
  const selected = () => selectByPath('InputPath', state.InputPath, input, frame);
  const finish = (output: Json) => selectByPath('OutputPath', state.OutputPath, output, frame);
  switch (state.Type) {
    case 'Succeed':
      return { output: finish(selected()) };
    case 'Choice': {
      const data = selected();
      return { output: finish(data), next: chooseNext(state, scopeOf(frame, data)) };
    }
    case 'Wait':
      return { output: finish(await performWait(state, selected(), frame)), next: state.Next };
    case 'Pass':
      return {
        output: finish(placeResult(state.ResultPath, input, performPass(state, selected(), frame))),
        next: state.Next,
      };
    default:
      return withErrorHandling(state, input, {
        frameOf,
        attempt: async (attemptFrame) => {
          const data = selectByPath('InputPath', state.InputPath, input, attemptFrame);
          const result = await (state.Type === 'Task'
            ? performTask(state, data, attemptFrame)
            : state.Type === 'Parallel'
              ? performParallel(state, data, attemptFrame, runInner)
              : performMap(state, data, attemptFrame, runInner));
          return finish(placeResult(state.ResultPath, input, result));
        },
      });
  }
}

const LOCATED = new Set([
  'States.Runtime',
  'States.IntrinsicFailure',
  'States.NoChoiceMatched',
  'States.ResultPathMatchFailure',
]);
const PREFIX = 'An error occurred while executing the state';

/** AWS says in which state an expression failed. */
function locate(error: unknown, name: string, enteredId: number): unknown {
  if (!(error instanceof StateError) || !LOCATED.has(error.error) || error.reason?.startsWith(PREFIX)) return error;
  return new StateError(error.error, `${PREFIX} '${name}' (entered at the event id #${enteredId}). ${error.reason}`);
}
