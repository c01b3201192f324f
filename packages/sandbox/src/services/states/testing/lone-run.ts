import type { Json } from '../../../core/protocols/json.ts';
import { nextTurn } from '../../../core/time/steered-clock.ts';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import { History } from '../executions/history.ts';
import { TaskTokens } from '../integrations/task-tokens.ts';
import { Thread } from '../interpreter/frame.ts';
import type { Run, TaskCall } from '../interpreter/run.ts';
import { runGraph } from '../interpreter/run-graph.ts';
import { Scope } from '../interpreter/scope.ts';
import type { State } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';

/** Runs states without AWS: tasks are functions by the action that their resource names. */
export interface LoneRun {
  readonly clock: VirtualClock;
  readonly tokens: TaskTokens;
  readonly scope: Scope;
  readonly history: History;
  /** What tasks were called with, in order. */
  readonly calls: { readonly action: string; readonly parameters: Json; readonly atMs: number }[];
  /** The output, or the error's name and cause. */
  run(
    states: Readonly<Record<string, State>>,
    input?: Json,
  ): Promise<Json | { readonly error: string; readonly cause: string | undefined }>;
}

export type FakeTask = (parameters: Json, call: TaskCall, count: number) => Json | Promise<Json>;

/** The clock stands at 2026-01-01; states begin with the first one. */
export function loneRun(tasks: Readonly<Record<string, FakeTask>> = {}): LoneRun {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const startedAt = clock.now();
  const tokens = new TaskTokens();
  const scope = new Scope();
  const history = new History({ now: () => clock.now(), mostEvents: 25_000, isKept: true });
  const calls: { action: string; parameters: Json; atMs: number }[] = [];
  const run: Run = {
    clock,
    random: () => 0.5,
    history,
    region: 'us-east-1',
    context: { Execution: { Id: 'arn:execution', Name: 'one', Input: {} }, StateMachine: { Name: 'machine' } },
    tasks: {
      async call(call) {
        const { action } = call.resource;
        calls.push({ action, parameters: call.parameters, atMs: clock.now() - startedAt });
        const task = tasks[action] as FakeTask;
        return task(call.parameters, call, calls.filter((one) => one.action === action).length);
      },
      completion: (_resource, submitted) => ({ output: Promise.resolve(submitted), cancel: () => undefined }),
      newToken: () => tokens.create(),
    },
    runDistributedMap: () => Promise.reject(new Error('A lone run has no Map Runs.')),
    breathe: nextTurn,
  };
  return {
    clock,
    tokens,
    scope,
    history,
    calls,
    async run(states, input = {}) {
      const [StartAt = ''] = Object.keys(states);
      try {
        return await scope.race(runGraph({ StartAt, States: states }, input, new Thread(run, scope)));
      } catch (error) {
        if (error instanceof StateError) return { error: error.error, cause: error.reason };
        throw error;
      }
    },
  };
}
