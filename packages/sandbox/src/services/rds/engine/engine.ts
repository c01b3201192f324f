import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DatabaseError } from './database-error.ts';
import type { EngineAnswer, EngineParameter, EngineRequest, EngineResult } from './messages.ts';

/** One PostgreSQL database: a thread of its own, one connection, statements one after the other. */
export interface Engine {
  query(sql: string, parameters?: readonly EngineParameter[]): Promise<EngineResult>;
  script(sql: string): Promise<void>;
  stop(): Promise<void>;
}

type Unnumbered =
  | Omit<Extract<EngineRequest, { kind: 'query' }>, 'id'>
  | Omit<Extract<EngineRequest, { kind: 'script' }>, 'id'>;

/** Where the snapshot of an empty database is kept: beside the packages that a fresh install brings anew. */
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/lamplighter/', import.meta.url));

/** Starts a database; it is ready in about a second once its snapshot was made. */
export async function startEngine(): Promise<Engine> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: CACHE, execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<EngineResult>>();
  const ready = Promise.withResolvers<void>();
  let failure: Error | undefined;
  let asked = 0;
  const settle = (message: EngineAnswer) => {
    if (message.kind === 'ready') return ready.resolve();
    const { resolve, reject } = waiting.get(message.id)!;
    waiting.delete(message.id);
    if (message.kind === 'result') resolve(message.result);
    else reject(new DatabaseError(message.failure));
  };
  const fail = (error: Error) => {
    failure = error;
    ready.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', settle);
  worker.on('error', fail);
  worker.on('exit', () => fail(failure ?? new Error('The database was stopped.')));
  const ask = (request: Unnumbered): Promise<EngineResult> => {
    if (failure) return Promise.reject(failure);
    const answer = Promise.withResolvers<EngineResult>();
    const id = ++asked;
    waiting.set(id, answer);
    worker.postMessage({ ...request, id } as EngineRequest);
    return answer.promise;
  };
  await ready.promise;
  return {
    query: (sql, parameters = []) => ask({ kind: 'query', sql, parameters }),
    async script(sql) {
      await ask({ kind: 'script', sql });
    },
    async stop() {
      await worker.terminate();
    },
  };
}
