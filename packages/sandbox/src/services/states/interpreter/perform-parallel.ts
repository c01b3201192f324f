import type { Json } from '../../../core/protocols/json.ts';
import type { ParallelState } from '../language/definition.ts';
import { fillOptional } from './data-flow.ts';
import type { Frame } from './frame.ts';
import type { runGraph } from './run-graph.ts';
import { runTogether } from './run-together.ts';

/** Runs all branches at once; the first that fails ends the others and fails the state. */
export async function performParallel(
  state: ParallelState,
  data: Json,
  frame: Frame,
  runInner: typeof runGraph,
): Promise<Json> {
  const { thread } = frame;
  const input = fillOptional(state.Parameters, data, frame);
  thread.record('ParallelStateStarted');
  try {
    const outputs = await runTogether(thread, state.Branches, state.Branches.length, (branch, scope) =>
      runInner(branch, input, thread.fork(scope)),
    );
    thread.lastEventId = thread.run.history.lastId;
    thread.record('ParallelStateSucceeded');
    return fillOptional(state.ResultSelector, outputs, frame);
  } catch (error) {
    if (!thread.scope.reason) thread.record('ParallelStateFailed');
    throw error;
  }
}
