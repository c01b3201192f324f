import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { Clock } from '../../../core/time/clock.ts';
import type { History } from '../executions/history.ts';
import type { MapState } from '../language/definition.ts';
import type { Frame } from './frame.ts';
import type { TaskResource } from './task-resource.ts';

/** What all states of one execution share. */
export interface Run {
  readonly clock: Clock;
  readonly random: () => number;
  readonly history: History;
  readonly region: string;
  /** `$$.Execution` and `$$.StateMachine`. */
  readonly context: JsonObject;
  readonly tasks: TaskRunner;
  /** Runs a Map state in DISTRIBUTED mode, whose items are executions of their own. */
  readonly runDistributedMap: (state: MapState, input: Json, frame: Frame) => Promise<Json>;
  /** Lets the rest of the process have its turn: a machine that only loops would never. */
  readonly breathe: () => Promise<void>;
}

/** What a Task state asks for. */
export interface TaskCall {
  readonly resource: TaskResource;
  readonly parameters: Json;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface TaskRunner {
  /** Makes the call as the machine's role. Rejects with StateError as AWS names the failure. */
  call(task: TaskCall): Promise<Json>;
  /** For `.sync`: the end of what the call started. */
  completion(resource: TaskResource, submitted: Json): Completion;
  /** For `.waitForTaskToken`. */
  newToken(): TaskToken;
}

export interface Completion {
  readonly output: Promise<Json>;
  /** Ends what runs, because nobody waits for it any more. */
  cancel(): void;
}

/** A task that somebody outside will end. */
export interface TaskToken {
  readonly token: string;
  readonly output: Promise<Json>;
  onHeartbeat(listener: () => void): void;
  /** Nobody waits any more: who reports then is told that the task timed out. */
  close(): void;
}
