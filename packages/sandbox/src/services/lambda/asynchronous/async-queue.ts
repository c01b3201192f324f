import { randomUUID } from 'node:crypto';
import type { FunctionTarget } from '../functions/function-store.ts';
import { type InvocationResult, invokeFunction } from '../invocation/invoke-function.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { isThrottle } from '../lambda-errors.ts';
import { deliverOutcome } from './deliver-outcome.ts';
import type { Condition } from './invocation-record.ts';

/** Waits before the first and the second retry of a function error, by the sandbox's clock. */
const RETRY_AFTER_MS = [60_000, 120_000];
const DEFAULT_RETRIES = 2;
const DEFAULT_MAX_AGE_SECONDS = 21_600;
/** A throttled event goes back to the queue: 1 s at first, doubling up to 5 min. */
const THROTTLE_BACK_OFF_MS = { first: 1_000, most: 300_000 };

/** One event that was accepted for asynchronous invocation. */
export interface QueuedEvent {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  /** The same for every attempt. */
  readonly requestId: string;
  readonly payload: string;
  readonly acceptedAt: number;
  /** Invocations that ran, so far. */
  readonly attempts: number;
  readonly throttles: number;
  /** What the last attempt answered. */
  readonly last?: InvocationResult;
}

/** Lambda's queue of asynchronous invocations: retries, age limits, destinations and dead letters. */
export interface AsyncQueue {
  /** Accepts an event and gives its request id; what follows happens in the background. */
  accept(target: FunctionTarget, payload: string): string;
}

export function createAsyncQueue(core: LambdaCore): AsyncQueue {
  const { context } = core;

  const work = (event: QueuedEvent): void => void context.track(attempt(event)).catch(context.report);
  const requeue = (event: QueuedEvent, delayMs: number): void =>
    void context.clock.schedule(delayMs, () => work(event));

  const attempt = async (event: QueuedEvent): Promise<void> => {
    const target = core.functions.resolve(event.functionName, event.qualifier);
    const settings = target.record.invokeConfigs.get(event.qualifier ?? '$LATEST');
    const maxAgeMs = (settings?.maximumEventAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS) * 1_000;
    const end = (condition: Condition, ended: QueuedEvent) =>
      deliverOutcome(core, { target, settings, condition, event: ended });
    const ageMs = () => context.clock.now() - event.acceptedAt;
    if (target.record.reservedConcurrency === 0) return end('ZeroReservedConcurrency', event);
    if (ageMs() > maxAgeMs) return end('EventAgeExceeded', event);
    if (event.attempts === 0) {
      core.putMetric(target, { metricName: 'AsyncEventAge', value: ageMs(), unit: 'Milliseconds' });
    }
    const result = await invokeOrThrottle(core, target, event);
    if (result === 'throttled') {
      const delayMs = Math.min(THROTTLE_BACK_OFF_MS.most, THROTTLE_BACK_OFF_MS.first * 2 ** event.throttles);
      const throttled = { ...event, throttles: event.throttles + 1 };
      return ageMs() + delayMs > maxAgeMs ? end('EventAgeExceeded', throttled) : requeue(throttled, delayMs);
    }
    const tried = { ...event, attempts: event.attempts + 1, throttles: 0, last: result };
    if (!result.functionError) return end('Success', tried);
    const retries = settings?.maximumRetryAttempts ?? DEFAULT_RETRIES;
    if (tried.attempts > retries) return end('RetriesExhausted', tried);
    const delayMs = RETRY_AFTER_MS[tried.attempts - 1] ?? 0;
    return ageMs() + delayMs > maxAgeMs ? end('EventAgeExceeded', tried) : requeue(tried, delayMs);
  };

  return {
    accept(target, payload) {
      const requestId = randomUUID();
      core.putMetric(target, { metricName: 'AsyncEventsReceived', value: 1 });
      work({
        functionName: target.record.name,
        qualifier: target.qualifier,
        requestId,
        payload,
        acceptedAt: context.clock.now(),
        attempts: 0,
        throttles: 0,
      });
      return requestId;
    },
  };
}

async function invokeOrThrottle(
  core: LambdaCore,
  target: FunctionTarget,
  event: QueuedEvent,
): Promise<InvocationResult | 'throttled'> {
  try {
    return await invokeFunction({ target, requestId: event.requestId, payload: event.payload }, core);
  } catch (error) {
    if (isThrottle(error)) return 'throttled';
    throw error;
  }
}
