import type { Json } from '../../../core/protocols/json.ts';
import type { Clock } from '../../../core/time/clock.ts';
import { Thread } from '../interpreter/frame.ts';
import type { Run } from '../interpreter/run.ts';
import { type GraphOptions, runGraph } from '../interpreter/run-graph.ts';
import type { StateGraph } from '../language/definition.ts';
import { runtimeError, StateError } from '../language/state-error.ts';
import { type Execution, ExecutionEnded } from './execution.ts';

/** AWS ends an express execution after five minutes. */
const EXPRESS_SECONDS = 300;

export interface ExecutionRun {
  readonly execution: Execution;
  readonly graph: StateGraph;
  readonly input: Json;
  readonly run: Run;
  readonly startAt?: string;
}

/** Runs an execution to its end, whichever that is: the end is noted in the execution and its history. Never rejects but for a fault of the sandbox. */
export async function runExecution({ execution, graph, input, run, startAt }: ExecutionRun): Promise<void> {
  const { scope, history } = execution;
  const stopWatch = watchTimeout(execution, run.clock);
  const options: GraphOptions = {
    ...(startAt === undefined ? {} : { startAt }),
    onState: (position) => {
      execution.position = position;
    },
  };
  try {
    const output = await scope.race(runGraph(graph, input, new Thread(run, scope, run.context), options));
    end(execution, run.clock, 'SUCCEEDED');
    execution.output = JSON.stringify(output);
    history.record(history.lastId, 'ExecutionSucceeded', {
      executionSucceededEventDetails: { output: execution.output, outputDetails: { truncated: false } },
    });
  } catch (error) {
    fail(execution, run.clock, error);
    if (!(error instanceof StateError || error instanceof ExecutionEnded)) throw error;
  } finally {
    stopWatch();
    scope.cancel(new ExecutionEnded('ABORTED'));
  }
}

function watchTimeout({ machine, scope, mapRunArn }: Execution, clock: Clock): () => void {
  const asked = mapRunArn === undefined ? machine.definition.TimeoutSeconds : undefined;
  const seconds = machine.type === 'EXPRESS' ? Math.min(asked ?? EXPRESS_SECONDS, EXPRESS_SECONDS) : asked;
  if (seconds === undefined) return () => undefined;
  return scope.cancelAfter(clock, seconds * 1000, () => new ExecutionEnded('TIMED_OUT', 'States.Timeout'));
}

function fail(execution: Execution, clock: Clock, cause: unknown): void {
  const { history } = execution;
  const failure = cause instanceof StateError || cause instanceof ExecutionEnded ? cause : runtimeError(String(cause));
  end(execution, clock, failure instanceof ExecutionEnded ? failure.status : 'FAILED');
  execution.error = failure.error;
  execution.cause = failure.reason;
  const details = {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.reason === undefined ? {} : { cause: failure.reason }),
  };
  const [type, name] = ENDINGS[execution.status as keyof typeof ENDINGS];
  history.record(history.lastId, type, { [name]: details });
}

const ENDINGS = {
  FAILED: ['ExecutionFailed', 'executionFailedEventDetails'],
  TIMED_OUT: ['ExecutionTimedOut', 'executionTimedOutEventDetails'],
  ABORTED: ['ExecutionAborted', 'executionAbortedEventDetails'],
} as const;

function end(execution: Execution, clock: Clock, status: Execution['status']): void {
  execution.status = status;
  execution.stoppedAt = clock.now();
}
