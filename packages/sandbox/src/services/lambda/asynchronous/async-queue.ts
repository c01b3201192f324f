import { randomUUID } from 'node:crypto';
import type { ClockTimer } from '../../../core/time/clock.ts';
import type { EventInvokeConfig, FunctionTarget } from '../functions/function-store.ts';
import { type InvocationResult, invokeFunction } from '../invocation/invoke-function.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { isRecursion, isThrottle } from '../lambda-errors.ts';
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
  readonly traceHeader?: string;
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
  accept(target: FunctionTarget, payload: string, traceHeader?: string): string;
  /** Forgets what waits for its next attempt. */
  stop(): void;
}

export function createAsyncQueue(core: LambdaCore): AsyncQueue {
  const { context } = core;
  const waiting = new Set<ClockTimer>();
  const work = (event: QueuedEvent): void => void context.track(attempt(event)).catch(context.report);

  const attempt = async (event: QueuedEvent): Promise<void> => {
    const target = core.functions.find(event.functionName, event.qualifier);
    // Deleted since: its events go with it.
    if (!target) return;
    const settings = target.record.invokeConfigs.get(event.qualifier ?? '$LATEST');
    const limits = limitsOf(settings);
    const now = context.clock.now();
    const refused = refusal(target, event, now - limits.maxAgeMs);
    if (event.attempts === 0 && !refused) {
      core.putMetric(target, { metricName: 'AsyncEventAge', value: now - event.acceptedAt, unit: 'Milliseconds' });
    }
    const next: NextStep = refused
      ? { end: refused, event }
      : nextStep(event, await invokeOrRefuse(core, target, event), { ...limits, now: context.clock.now() });
    if ('end' in next) return deliverOutcome(core, { target, settings, condition: next.end, event: next.event });
    const timer = context.clock.schedule(next.retryAfterMs, () => {
      waiting.delete(timer);
      work(next.event);
    });
    waiting.add(timer);
  };

  return {
    accept(target, payload, traceHeader) {
      const requestId = randomUUID();
      core.putMetric(target, { metricName: 'AsyncEventsReceived', value: 1 });
      work({
        functionName: target.record.name,
        qualifier: target.qualifier,
        requestId,
        payload,
        ...(traceHeader ? { traceHeader } : {}),
        acceptedAt: context.clock.now(),
        attempts: 0,
        throttles: 0,
      });
      return requestId;
    },
    stop() {
      for (const timer of waiting) timer.cancel();
    },
  };
}

interface Limits {
  readonly retries: number;
  readonly maxAgeMs: number;
}

const limitsOf = (settings: EventInvokeConfig | undefined): Limits => ({
  retries: settings?.maximumRetryAttempts ?? DEFAULT_RETRIES,
  maxAgeMs: (settings?.maximumEventAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS) * 1_000,
});

type NextStep =
  | { readonly end: Condition; readonly event: QueuedEvent }
  | { readonly retryAfterMs: number; readonly event: QueuedEvent };

/** Why an event ends without being tried. */
function refusal({ record }: FunctionTarget, { acceptedAt }: QueuedEvent, oldest: number): Condition | undefined {
  if (record.reservedConcurrency === 0) return 'ZeroReservedConcurrency';
  return acceptedAt < oldest ? 'EventAgeExceeded' : undefined;
}

/** What follows from an attempt. An event that would be too old by its next attempt ends now. */
function nextStep(event: QueuedEvent, result: InvocationResult | Refused, limits: Limits & { now: number }): NextStep {
  if (result === 'loop') return { end: 'RecursiveInvocation', event };
  const isTooOldIn = (delayMs: number) => limits.now + delayMs - event.acceptedAt > limits.maxAgeMs;
  if (result === 'throttled') {
    const delayMs = Math.min(THROTTLE_BACK_OFF_MS.most, THROTTLE_BACK_OFF_MS.first * 2 ** event.throttles);
    const throttled = { ...event, throttles: event.throttles + 1 };
    return isTooOldIn(delayMs)
      ? { end: 'EventAgeExceeded', event: throttled }
      : { retryAfterMs: delayMs, event: throttled };
  }
  const tried = { ...event, attempts: event.attempts + 1, throttles: 0, last: result };
  if (!result.functionError) return { end: 'Success', event: tried };
  if (tried.attempts > limits.retries) return { end: 'RetriesExhausted', event: tried };
  const delayMs = RETRY_AFTER_MS[tried.attempts - 1] ?? 0;
  return isTooOldIn(delayMs) ? { end: 'EventAgeExceeded', event: tried } : { retryAfterMs: delayMs, event: tried };
}

/** An attempt that did not run. */
type Refused = 'throttled' | 'loop';

async function invokeOrRefuse(
  core: LambdaCore,
  target: FunctionTarget,
  event: QueuedEvent,
): Promise<InvocationResult | Refused> {
  const { requestId, payload, traceHeader } = event;
  try {
    return await invokeFunction({ target, requestId, payload, ...(traceHeader ? { traceHeader } : {}) }, core);
  } catch (error) {
    if (isThrottle(error)) return 'throttled';
    if (isRecursion(error)) return 'loop';
    throw error;
  }
}
