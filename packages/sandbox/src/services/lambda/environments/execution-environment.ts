import { Worker } from 'node:worker_threads';
import type {
  ApplicationLogging,
  InvokeMessage,
  RuntimeError,
  WorkerMessage,
  WorkerSettings,
} from '../worker/messages.ts';
import { type CrashReason, crashReason } from './crash-reason.ts';
import { watchMemory } from './watch-memory.ts';

/** How init ended. `durationMs` is real time. */
export type InitOutcome =
  | { readonly kind: 'ready'; readonly durationMs: number }
  | { readonly kind: 'error'; readonly durationMs: number; readonly error: RuntimeError }
  | { readonly kind: 'crash'; readonly durationMs: number; readonly reason: CrashReason }
  | { readonly kind: 'timeout'; readonly durationMs: number };

/** How one invocation ended inside its environment. Only after `success` and `error` can the environment serve again. */
export type RunOutcome =
  | { readonly kind: 'success'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: RuntimeError; readonly crash?: CrashReason }
  | { readonly kind: 'crash'; readonly reason: CrashReason }
  | { readonly kind: 'timeout' };

export interface EnvironmentSettings {
  readonly entry: string;
  readonly handler: string;
  readonly taskRoot: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly memorySizeMb: number;
  readonly logging: ApplicationLogging;
  readonly allowsCallback: boolean;
  /** Milliseconds between the machine's time and the sandbox's clock. */
  readonly clockOffsetMs: () => number;
  readonly onLog: (timestamp: number, text: string) => void;
}

/** One isolated place where a function runs: a worker thread that is initialised once and then serves one invocation at a time. */
export interface ExecutionEnvironment {
  init(timeoutMs: number): Promise<InitOutcome>;
  run(message: InvokeMessage, timeoutMs: number): Promise<RunOutcome>;
  /** Ends the worker as a crash of the sandbox would: what is running fails with `signal: killed`. */
  kill(): void;
  stop(): Promise<void>;
  readonly isAlive: () => boolean;
  readonly peakMemoryMb: () => number;
}

export function startEnvironment(settings: EnvironmentSettings): ExecutionEnvironment {
  const clockOffset = new SharedArrayBuffer(8);
  const offset = new Float64Array(clockOffset);
  offset[0] = settings.clockOffsetMs();
  const { entry, variables, memorySizeMb } = settings;
  const { handler, taskRoot, logging, allowsCallback } = settings;
  const workerData: WorkerSettings = { handler, taskRoot, logging, allowsCallback, clockOffset };
  const worker = new Worker(entry, {
    env: { ...variables },
    workerData,
    stdout: true,
    stderr: true,
    execArgv: ['--enable-source-maps'],
    // Nine tenths: the rest is the isolate's code, young generation and buffers.
    resourceLimits: { maxOldGenerationSizeMb: Math.max(16, Math.floor(memorySizeMb * 0.9)) },
  });
  let alive = true;
  let failure: unknown;
  let isKilled = false;
  let listener: (message: WorkerMessage) => void = () => {};
  let onEnd: (reason: CrashReason) => void = () => {};

  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'log') settings.onLog(message.timestamp, message.text);
    else listener(message);
  });
  worker.on('error', (error) => {
    failure = error;
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (status) => {
      alive = false;
      memory.stop();
      onEnd(crashReason({ status, failure, isKilled, isOverMemory: memory.isExceeded() }));
      resolve();
    });
  });
  const memory = watchMemory(worker, memorySizeMb);

  const wait = async <Answer>(timeoutMs: number, accept: (message: WorkerMessage) => Answer | undefined) => {
    const { promise, resolve } = Promise.withResolvers<Answer | CrashReason | 'timeout'>();
    listener = (message) => {
      const answer = accept(message);
      if (answer !== undefined) resolve(answer);
    };
    onEnd = resolve;
    const timer = setTimeout(() => resolve('timeout'), timeoutMs);
    const outcome = await promise;
    clearTimeout(timer);
    return outcome;
  };
  const stop = async () => {
    if (alive) await worker.terminate();
    await ended;
  };

  return {
    isAlive: () => alive,
    peakMemoryMb: memory.peakMb,
    stop,
    kill() {
      isKilled = true;
      void worker.terminate();
    },
    async init(timeoutMs) {
      const start = performance.now();
      const outcome = await wait(timeoutMs, (message) =>
        message.kind === 'initialized' || message.kind === 'initFailed' ? message : undefined,
      );
      const durationMs = performance.now() - start;
      if (outcome === 'timeout') {
        await stop();
        return { kind: 'timeout', durationMs };
      }
      if (outcome.kind === 'initialized') return { kind: 'ready', durationMs };
      await stop();
      if (outcome.kind === 'initFailed') return { kind: 'error', durationMs, error: outcome.error };
      return { kind: 'crash', durationMs, reason: outcome };
    },
    async run(message, timeoutMs) {
      offset[0] = settings.clockOffsetMs();
      memory.begin();
      worker.postMessage(message);
      const outcome = await wait(timeoutMs, (answer) =>
        'requestId' in answer && answer.requestId === message.requestId ? answer : undefined,
      );
      if (outcome === 'timeout') {
        await stop();
        return { kind: 'timeout' };
      }
      memory.end('memoryBytes' in outcome ? outcome.memoryBytes : undefined);
      if (outcome.kind === 'succeeded') return { kind: 'success', payload: outcome.payload };
      if (outcome.kind !== 'failed') return { kind: 'crash', reason: outcome };
      if (outcome.exitStatus === undefined) return { kind: 'error', error: outcome.error };
      await stop();
      return { kind: 'error', error: outcome.error, crash: { kind: 'exit', status: outcome.exitStatus } };
    },
  };
}
