import type { Json } from '../../../core/protocols/json.ts';
import type { StateGraph } from '../language/definition.ts';
import type { Thread } from './frame.ts';
import { runState } from './run-state.ts';

const STATES_PER_BREATH = 500;

/** Where an execution is, at its outermost level: a redrive begins there again. */
export interface Position {
  readonly state: string;
  readonly input: Json;
}

export interface GraphOptions {
  readonly startAt?: string;
  readonly onState?: (position: Position) => void;
}

/** Runs states from the first to the end; resolves with the output. Rejects with StateError, or with the scope's reason. */
export async function runGraph(
  graph: StateGraph,
  input: Json,
  thread: Thread,
  { startAt, onState }: GraphOptions = {},
): Promise<Json> {
  let name = startAt ?? graph.StartAt;
  let data = input;
  for (let count = 1; ; count += 1) {
    if (thread.scope.reason) throw thread.scope.reason;
    if (count % STATES_PER_BREATH === 0) await thread.scope.race(thread.run.breathe());
    const state = graph.States[name];
    if (!state) throw new Error(`The state ${name} is not in its graph.`);
    onState?.({ state: name, input: data });
    const step = await runState(name, state, data, { thread, runGraph });
    if (step.next === undefined) return step.output;
    name = step.next;
    data = step.output;
  }
}
