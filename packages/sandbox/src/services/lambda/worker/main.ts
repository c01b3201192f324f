import { getHeapStatistics } from 'node:v8';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { captureOutput } from './capture-output.ts';
import { keepCompiled, useCompiled } from './compile-cache.ts';
import { invocationContext } from './invocation-context.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { resolveLoopbackNames } from './loopback-names.ts';
import type { InvokeMessage, WorkerMessage, WorkerSettings } from './messages.ts';
import { describeThrown, NamedError, thrownAsText } from './runtime-error.ts';
import { shiftDate } from './shift-date.ts';

/** The Node.js runtime inside one execution environment: loads the handler, then runs one invocation at a time. */

const settings = workerData as WorkerSettings;
const host = parentPort as MessagePort;
const send = (message: WorkerMessage): void => host.postMessage(message);
let current: string | undefined;

shiftDate(settings.clockOffset);
resolveLoopbackNames();
captureOutput({
  logging: settings.logging,
  requestId: () => current,
  emit: (timestamp, text) => send({ kind: 'log', timestamp, text }),
});
process.cwd = () => settings.taskRoot;
Object.assign(globalThis, {
  awslambda: {
    streamifyResponse() {
      throw new Error('The sandbox does not emulate response streaming.');
    },
  },
});
process.on('uncaughtException', (error) => crash('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => {
  const message = reason instanceof Error ? reason.toString() : String(reason);
  crash('Unhandled Promise Rejection', new NamedError('Runtime.UnhandledPromiseRejection', message, { reason }), 128);
});

useCompiled();
try {
  const handler = await loadHandler(settings);
  host.on('message', (message: InvokeMessage) => void run(handler, message));
  send({ kind: 'initialized' });
} catch (error) {
  logError('Uncaught Exception', error);
  send({ kind: 'initFailed', error: describeThrown(error) });
  process.exit(1);
}

async function run(handler: Handler, message: InvokeMessage): Promise<void> {
  const { requestId } = message;
  current = requestId;
  process.env._X_AMZN_TRACE_ID = message.traceHeader;
  try {
    const result = await call(handler, message);
    await new Promise((resolve) => setImmediate(resolve));
    send({ kind: 'succeeded', requestId, payload: serialize(result), memoryBytes: memoryBytes() });
  } catch (error) {
    await new Promise((resolve) => setImmediate(resolve));
    logError('Invoke Error', error);
    send({ kind: 'failed', requestId, error: describeThrown(error), memoryBytes: memoryBytes() });
  }
  keepCompiled();
}

/** Heap and buffers, as the host measures them while an invocation runs. */
function memoryBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

function call(handler: Handler, message: InvokeMessage): unknown {
  const event: unknown = JSON.parse(message.payload);
  const context = invocationContext(message);
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result: unknown) => (error ? reject(error) : resolve(result));
    const returned = handler(event, context, callback);
    if (returned instanceof Promise) returned.then(resolve, reject);
  });
}

function serialize(result: unknown): string {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

/** An error nobody caught ends the environment, as the runtime's own exit does: status 128 or 129. */
function crash(label: string, error: unknown, status: number): void {
  logError(label, error);
  if (current !== undefined) {
    send({
      kind: 'failed',
      requestId: current,
      error: describeThrown(error),
      memoryBytes: memoryBytes(),
      exitStatus: status,
    });
  }
  process.exit(status);
}

function logError(label: string, error: unknown): void {
  if (settings.logging.format === 'JSON') console.error(error instanceof Error ? error : new Error(String(error)));
  else console.error(label, thrownAsText(error));
}
