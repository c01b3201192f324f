import { randomBytes } from 'node:crypto';
import type { Json } from '../../../core/protocols/json.ts';
import { ApiError } from '../../../core/service.ts';
import type { TaskToken } from '../interpreter/run.ts';
import { StateError } from '../language/state-error.ts';

interface OpenTask {
  readonly succeed: (output: Json) => void;
  readonly fail: (error: StateError) => void;
  heartbeat: () => void;
}

/** Tasks that wait for somebody to return their token. */
export class TaskTokens {
  readonly #open = new Map<string, OpenTask>();
  readonly #closed = new Set<string>();

  create(): TaskToken {
    const token = randomBytes(384).toString('base64');
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    // Nobody may be waiting when it fails: the call that hands it out may have failed first.
    promise.catch(() => undefined);
    const task: OpenTask = { succeed: resolve, fail: reject, heartbeat: () => undefined };
    this.#open.set(token, task);
    return {
      token,
      output: promise,
      onHeartbeat: (listener) => {
        task.heartbeat = listener;
      },
      close: () => this.#close(token),
    };
  }

  /** Throws `InvalidOutput`, `InvalidToken`, `TaskTimedOut`. */
  succeed(token: string, output: string): void {
    const task = this.#find(token);
    let value: Json;
    try {
      value = JSON.parse(output) as Json;
    } catch {
      throw new ApiError('InvalidOutput', "Invalid Output: 'Invalid output: the output must be a JSON text'");
    }
    this.#close(token);
    task.succeed(value);
  }

  fail(token: string, error: string | undefined, cause: string | undefined): void {
    const task = this.#find(token);
    this.#close(token);
    task.fail(new StateError(error ?? '', cause));
  }

  heartbeat(token: string): void {
    this.#find(token).heartbeat();
  }

  #find(token: string): OpenTask {
    const task = this.#open.get(token);
    if (task) return task;
    if (this.#closed.has(token))
      throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  }

  #close(token: string): void {
    if (this.#open.delete(token)) this.#closed.add(token);
  }
}
