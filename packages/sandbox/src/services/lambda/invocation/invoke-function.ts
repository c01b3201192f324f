import type { EnvironmentPool, EnvironmentRequest } from '../environments/environment-pool.ts';
import type { FunctionEnvironment } from '../environments/function-environment.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import { isThrottle, recursiveInvocation } from '../lambda-errors.ts';
import { INIT_TIMEOUT_MS } from '../lambda-limits.ts';
import type { InvokeResult } from '../lambda-peer.ts';
import type { InvocationReport, Tracing } from '../platform-log/platform-log.ts';
import type { ProvisionedConcurrency } from '../provisioned/provisioned-concurrency.ts';
import type { Concurrency } from './concurrency.ts';
import { describeEnding, type Ending, failedInit, type Outcome } from './describe-ending.ts';
import type { PutFunctionMetric } from './invocation-metrics.ts';
import { isLoop } from './lineage.ts';
import { type PutSegments, traceSegments } from './trace-segments.ts';
import { traceInvocation } from './tracing.ts';

export interface Invocation {
  readonly target: FunctionTarget;
  readonly requestId: string;
  /** JSON text, already within the limit of its kind. */
  readonly payload: string;
  /** What it may wait for where no environment is free; for any place where absent. */
  readonly waitsFor?: EnvironmentRequest['waitsFor'];
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
  readonly provisioned: ProvisionedConcurrency;
  readonly concurrency: Concurrency;
  readonly putMetric: PutFunctionMetric;
  readonly putAccountMetrics: () => void;
  readonly putSegments: PutSegments;
}

/**
 * Runs one invocation from admission to REPORT. Throws TooManyRequestsException where it is throttled, RecursiveInvocationException where it would be one more
 * turn of a loop; a function's error is a result.
 */
export async function invokeFunction(invocation: Invocation, deps: InvokeDeps): Promise<InvocationResult> {
  const { target } = invocation;
  const { pool, concurrency, putMetric, putSegments } = deps;
  assertNoLoop(invocation, putMetric);
  try {
    const leave = concurrency.enter(target.record);
    try {
      putMetric(target, { metricName: 'ConcurrentExecutions', value: concurrency.running(target.record.name) });
      deps.putAccountMetrics();
      const inProvisioned = await runProvisioned(invocation, deps);
      if (inProvisioned) return inProvisioned;
      const { environment, isCold } = await pool.acquire({
        configuration: target.configuration,
        waitsFor: invocation.waitsFor ?? 'place',
        beforeStart: () => concurrency.start(target.record),
      });
      try {
        return await runInEnvironment(invocation, {
          environment,
          isCold,
          putMetric,
          putSegments,
          afterInit: () => pool.initialised(environment),
        });
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

function assertNoLoop({ target, traceHeader }: Invocation, putMetric: PutFunctionMetric): void {
  if (target.record.recursiveLoop === 'Allow' || !isLoop(traceHeader, target.arn)) return;
  putMetric(target, { metricName: 'RecursiveInvocationsDropped', value: 1 });
  throw recursiveInvocation(target.record.name);
}

/** Runs where environments are kept warm for the target and one is free; what they cannot take spills over to the others. */
async function runProvisioned(
  invocation: Invocation,
  { provisioned, putMetric, putSegments }: InvokeDeps,
): Promise<InvocationResult | undefined> {
  const { target } = invocation;
  const set = provisioned.ready(target.record.name, target.qualifier, target.configuration);
  if (!set) return undefined;
  const environment = await set.take();
  if (!environment) {
    putMetric(target, { metricName: 'ProvisionedConcurrencySpilloverInvocations', value: 1 });
    return undefined;
  }
  putMetric(target, { metricName: 'ProvisionedConcurrencyInvocations', value: 1 });
  putMetric(target, { metricName: 'ProvisionedConcurrentExecutions', value: set.inUse });
  putMetric(target, { metricName: 'ProvisionedConcurrencyUtilization', value: set.inUse / set.size });
  try {
    return await runInEnvironment(invocation, { environment, isCold: false, putMetric, putSegments });
  } finally {
    await set.giveBack(environment);
  }
}

interface Place {
  readonly environment: FunctionEnvironment;
  readonly isCold: boolean;
  readonly putMetric: PutFunctionMetric;
  readonly putSegments: PutSegments;
  /** Called once init is over, however it ended. */
  readonly afterInit?: () => void;
}

async function runInEnvironment(invocation: Invocation, place: Place): Promise<InvocationResult> {
  const { environment, putMetric, putSegments } = place;
  const { target, requestId } = invocation;
  const { log, platform, configuration } = environment;
  log.takeTail();
  const run = await runOnce(invocation, place);
  const ending = describeEnding(requestId, run.outcome, configuration.timeoutSeconds);
  const endedAt = environment.now();
  log.append(
    endedAt,
    platform.end(new Date(endedAt).toISOString(), invocationReport(requestId, run, { environment, ending })),
  );
  if (run.tracing.isSampled) {
    const { arn: functionArn } = target;
    const traced = {
      configuration,
      functionArn,
      requestId,
      endedAt,
      incoming: invocation.traceHeader,
      ...run,
      ...ending,
    };
    putSegments(configuration.roleArn, traceSegments({ ...traced, accountId: functionArn.split(':')[4] ?? '' }));
  }
  const { startedAt: at, durationMs } = run;
  putMetric(target, { metricName: 'Invocations', value: 1, at });
  putMetric(target, { metricName: 'Errors', value: ending.isFunctionError ? 1 : 0, at });
  putMetric(target, { metricName: 'Duration', value: durationMs, unit: 'Milliseconds', at });
  await log.flush();
  return {
    statusCode: 200,
    requestId,
    executedVersion: configuration.version,
    tail: log.takeTail(),
    payload: Buffer.from(ending.payload),
    ...(ending.isFunctionError ? { functionError: 'Unhandled' as const } : {}),
  };
}

interface Run {
  readonly outcome: Outcome;
  /** Epoch milliseconds of the sandbox's clock. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly initDurationMs: number | undefined;
  readonly tracing: Tracing;
}

/** Init where the environment is new, once more as part of the invocation where that failed, then the handler. */
async function runOnce(invocation: Invocation, { environment, isCold, afterInit }: Place): Promise<Run> {
  const { target, requestId, payload, clientContext, traceHeader } = invocation;
  const { log, platform, configuration } = environment;
  const timeoutMs = configuration.timeoutSeconds * 1_000;
  environment.resumeClock();
  const firstInit = isCold ? await environment.init('init', INIT_TIMEOUT_MS) : undefined;
  afterInit?.();
  const began = performance.now();
  const hasFailed = firstInit !== undefined && firstInit.kind !== 'ready';
  const secondInit = hasFailed ? await environment.init('invoke', timeoutMs) : undefined;
  const startedAt = environment.now();
  const isActive = configuration.tracingMode === 'Active';
  const tracing = traceInvocation({ incoming: traceHeader, functionArn: target.arn, isActive, now: startedAt });
  const start = { requestId, version: configuration.version, functionArn: target.arn, tracing };
  log.append(startedAt, platform.start(new Date(startedAt).toISOString(), start));
  const message = {
    kind: 'invoke' as const,
    requestId,
    payload,
    invokedFunctionArn: target.arn,
    deadline: startedAt + timeoutMs,
    traceHeader: tracing.header,
    ...(clientContext ? { clientContext } : {}),
  };
  const outcome =
    secondInit && secondInit.kind !== 'ready'
      ? failedInit(secondInit)
      : await environment.worker().run(message, timeoutMs);
  return {
    outcome,
    startedAt,
    tracing,
    durationMs: outcome.kind === 'timeout' ? timeoutMs : performance.now() - began,
    initDurationMs: firstInit?.kind === 'ready' ? firstInit.durationMs : undefined,
  };
}

function invocationReport(
  requestId: string,
  { durationMs, initDurationMs, tracing }: Run,
  { environment, ending }: { readonly environment: FunctionEnvironment; readonly ending: Ending },
): InvocationReport {
  const { memorySizeMb, timeoutSeconds } = environment.configuration;
  return {
    requestId,
    status: ending.status,
    durationMs,
    // INIT is billed since 2025-08-01, together with the duration and rounded up once.
    billedDurationMs: Math.ceil(durationMs + (initDurationMs ?? 0)),
    memorySizeMb,
    maxMemoryUsedMb: environment.worker().peakMemoryMb(),
    producedBytes: ending.isFunctionError ? 0 : Buffer.byteLength(ending.payload),
    timeoutSeconds,
    tracing,
    ...(initDurationMs === undefined ? {} : { initDurationMs }),
    ...(ending.errorType ? { errorType: ending.errorType } : {}),
    ...(ending.crash ? { crash: ending.crash } : {}),
  };
}
