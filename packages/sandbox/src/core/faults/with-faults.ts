import { type ApiCall, ApiError, type Caller } from '../service.ts';
import type { Clock } from '../time/clock.ts';
import type { ActiveFault, FaultPlan } from './fault-plan.ts';
import { throttlingError } from './throttling-error.ts';

export interface FaultedCall<T> {
  readonly call: ApiCall;
  readonly caller: Caller;
  /** Aborts when the caller hangs up. */
  readonly hungUp: AbortSignal;
  readonly handle: () => Promise<T>;
}

/** How a call ended for its caller: nothing where the connection broke. */
export type Answered<T> = { readonly answer: T } | undefined;

/** Carries a call out under whatever fault hits it. */
export async function withFaults<T>(plan: FaultPlan, clock: Clock, faulted: FaultedCall<T>): Promise<Answered<T>> {
  const active = plan.hit(faulted.call, faulted.caller);
  return active ? applyFault(active, plan, clock, faulted) : { answer: await faulted.handle() };
}

async function applyFault<T>(
  active: ActiveFault,
  plan: FaultPlan,
  clock: Clock,
  { call, caller, hungUp, handle }: FaultedCall<T>,
): Promise<Answered<T>> {
  const { effect } = active.fault;
  switch (effect.kind) {
    case 'throttle':
      throw throttlingError(call.service);
    case 'error':
      throw new ApiError(effect.code, effect.message ?? `Injected ${effect.code}.`, effect.status);
    case 'timeout':
      await Promise.race([active.lifted, aborted(hungUp)]);
      return undefined;
    case 'delay':
      await clock.sleep(effect.ms);
      return { answer: await handle() };
    case 'duplicate': {
      const first = await settled(handle);
      await settled(handle);
      return { answer: first() };
    }
    case 'drop-response':
      await settled(handle);
      return undefined;
    case 'crash-caller':
      if (effect.when === 'after') await settled(handle);
      plan.crash(caller.heldBy ?? caller.accessKeyId);
      return undefined;
  }
}

/** Runs to the end, and gives back how it ended, to be looked at later or never. */
async function settled<T>(handle: () => Promise<T>): Promise<() => T> {
  try {
    const response = await handle();
    return () => response;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
