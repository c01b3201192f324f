import type { InvokeResult } from '../../../core/peers.ts';
import { describeCrash } from '../environments/crash-reason.ts';
import type { EnvironmentPool } from '../environments/environment-pool.ts';
import type { InitOutcome, RunOutcome } from '../environments/execution-environment.ts';
import { type FunctionEnvironment, initErrorType } from '../environments/function-environment.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import { isThrottle } from '../lambda-errors.ts';
import { INIT_TIMEOUT_MS, MAX_RESPONSE_BYTES } from '../lambda-limits.ts';
import type { InvocationReport, InvocationStatus } from '../platform-log/platform-log.ts';
import type { Concurrency } from './concurrency.ts';
import type { PutFunctionMetric } from './invocation-metrics.ts';
import { traceInvocation } from './tracing.ts';

export interface Invocation {
  readonly target: FunctionTarget;
  readonly requestId: string;
  /** JSON text, already within the limit of its kind. */
  readonly payload: string;
  /** Asked for by a function of this sandbox, which waits for the answer. */
  readonly isNested?: boolean;
  readonly traceHeader?: string;
  readonly clientContext?: string;
}

export interface InvocationResult extends InvokeResult {
  readonly executedVersion: string;
  /** The log stream's records of this invocation. */
  readonly tail: string;
}

export interface InvokeDeps {
  readonly pool: EnvironmentPool;
  readonly concurrency: Concurrency;
  readonly putMetric: PutFunctionMetric;
}

/** Runs one invocation from admission to REPORT. Throws TooManyRequestsException where it is throttled; a function's error is a result. */
export async function invokeFunction(invocation: Invocation, deps: InvokeDeps): Promise<InvocationResult> {
  const { target } = invocation;
  const { pool, concurrency, putMetric } = deps;
  try {
    const leave = concurrency.enter(target.record);
    try {
      putMetric(target, { metricName: 'ConcurrentExecutions', value: concurrency.running(target.record.name) });
      const { environment, isCold } = await pool.acquire({
        configuration: target.configuration,
        isNested: invocation.isNested ?? false,
        beforeStart: () => concurrency.start(target.record),
      });
      try {
        return await runInEnvironment(invocation, { environment, isCold, putMetric });
      } finally {
        await pool.release(environment);
      }
    } finally {
      leave();
    }
  } catch (error) {
    if (isThrottle(error)) putMetric(target, { metricName: 'Throttles', value: 1 });
    throw error;
  }
}

interface Place {
  readonly environment: FunctionEnvironment;
  readonly isCold: boolean;
  readonly putMetric: PutFunctionMetric;
}

async function runInEnvironment(
  invocation: Invocation,
  { environment, isCold, putMetric }: Place,
): Promise<InvocationResult> {
  const { target, requestId } = invocation;
  const { log, platform, configuration } = environment;
  log.takeTail();
  const firstInit = isCold ? await environment.init('init', INIT_TIMEOUT_MS) : undefined;
  const timeoutMs = configuration.timeoutSeconds * 1_000;
  const began = performance.now();
  // A failed init is tried once more as part of the invocation, within the function's timeout.
  const secondInit = firstInit && firstInit.kind !== 'ready' ? await environment.init('invoke', timeoutMs) : undefined;
  const startedAt = environment.now();
  const tracing = traceInvocation({
    incoming: invocation.traceHeader,
    isActive: configuration.tracingMode === 'Active',
    now: startedAt,
  });
  const start = { requestId, version: configuration.version, functionArn: target.arn, tracing };
  log.append(startedAt, platform.start(new Date(startedAt).toISOString(), start));

  const outcome =
    secondInit && secondInit.kind !== 'ready'
      ? failedInit(secondInit)
      : await environment.worker().run(
          {
            kind: 'invoke',
            requestId,
            payload: invocation.payload,
            invokedFunctionArn: target.arn,
            deadline: startedAt + timeoutMs,
            traceHeader: tracing.header,
            ...(invocation.clientContext ? { clientContext: invocation.clientContext } : {}),
          },
          timeoutMs,
        );

  const durationMs = outcome.kind === 'timeout' ? timeoutMs : performance.now() - began;
  const ending = describeEnding(requestId, outcome, configuration.timeoutSeconds);
  const initDurationMs = firstInit?.kind === 'ready' ? firstInit.durationMs : undefined;
  const report: InvocationReport = {
    requestId,
    status: ending.status,
    durationMs,
    // INIT is billed since 2025-08-01, together with the duration and rounded up once.
    billedDurationMs: Math.ceil(durationMs + (initDurationMs ?? 0)),
    memorySizeMb: configuration.memorySizeMb,
    maxMemoryUsedMb: environment.worker().peakMemoryMb(),
    producedBytes: ending.functionError ? 0 : Buffer.byteLength(ending.payload),
    timeoutSeconds: configuration.timeoutSeconds,
    tracing,
    ...(initDurationMs === undefined ? {} : { initDurationMs }),
    ...(ending.errorType ? { errorType: ending.errorType } : {}),
    ...(ending.crash ? { crash: ending.crash } : {}),
  };
  const endedAt = environment.now();
  log.append(endedAt, platform.end(new Date(endedAt).toISOString(), report));
  putMetric(target, { metricName: 'Invocations', value: 1, at: startedAt });
  putMetric(target, { metricName: 'Errors', value: ending.functionError ? 1 : 0, at: startedAt });
  putMetric(target, { metricName: 'Duration', value: durationMs, unit: 'Milliseconds', at: startedAt });
  await log.flush();
  return {
    statusCode: 200,
    requestId,
    executedVersion: configuration.version,
    tail: log.takeTail(),
    payload: Buffer.from(ending.payload),
    ...(ending.functionError ? { functionError: 'Unhandled' as const } : {}),
  };
}

type FailedInit = Exclude<InitOutcome, { kind: 'ready' }>;

/** What an invocation shows of an init that failed twice: the runtime's own error, or the death of the environment. */
function failedInit(outcome: FailedInit): RunOutcome | (RunOutcome & { initErrorType: string }) {
  switch (outcome.kind) {
    case 'timeout':
      return { kind: 'timeout' };
    case 'crash':
      return { kind: 'crash', reason: outcome.reason };
    case 'error':
      return { kind: 'error', error: outcome.error, initErrorType: initErrorType(outcome) };
  }
}

interface Ending {
  readonly status: InvocationStatus;
  readonly payload: string;
  readonly functionError: boolean;
  readonly errorType?: string;
  readonly crash?: { readonly errorType: string; readonly detail: string };
}

function describeEnding(requestId: string, outcome: ReturnType<typeof failedInit>, timeoutSeconds: number): Ending {
  switch (outcome.kind) {
    case 'success':
      return Buffer.byteLength(outcome.payload) > MAX_RESPONSE_BYTES
        ? tooLarge()
        : { status: 'success', functionError: false, payload: outcome.payload };
    case 'error': {
      const crash = outcome.crash && describeCrash(outcome.crash);
      const errorType = 'initErrorType' in outcome ? outcome.initErrorType : crash?.errorType;
      return {
        status: crash ? 'failure' : 'error',
        functionError: true,
        payload: JSON.stringify(outcome.error),
        ...(crash ? { crash } : {}),
        ...(errorType ? { errorType } : {}),
      };
    }
    case 'timeout': {
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      return {
        status: 'timeout',
        functionError: true,
        payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }),
      };
    }
    case 'crash': {
      const crash = describeCrash(outcome.reason);
      const errorMessage = `RequestId: ${requestId} Error: ${crash.detail}`;
      const payload = JSON.stringify({ errorType: crash.errorType, errorMessage });
      return { status: 'failure', functionError: true, crash, errorType: crash.errorType, payload };
    }
  }
}

function tooLarge(): Ending {
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return { status: 'error', functionError: true, errorType, payload: JSON.stringify({ errorMessage, errorType }) };
}
