import type { Clock } from '../clock.ts';
import { type ApiCall, ApiError, type Caller, type WireResponse } from '../service.ts';
import type { ActiveFault, FaultPlan } from './fault-plan.ts';
import { throttlingError } from './throttling-error.ts';

export interface FaultedCall {
  readonly call: ApiCall;
  readonly caller: Caller;
  /** Aborts when the caller hangs up. */
  readonly hungUp: AbortSignal;
  readonly handle: () => Promise<WireResponse>;
}

/** Carries a call out under whatever fault hits it; answers nothing where the connection is to be reset. */
export async function withFaults(
  plan: FaultPlan,
  clock: Clock,
  faulted: FaultedCall,
): Promise<WireResponse | undefined> {
  const active = plan.hit(faulted.call, faulted.caller);
  return active ? applyFault(active, plan, clock, faulted) : faulted.handle();
}

async function applyFault(
  active: ActiveFault,
  plan: FaultPlan,
  clock: Clock,
  { call, caller, hungUp, handle }: FaultedCall,
): Promise<WireResponse | undefined> {
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
      return handle();
    case 'duplicate': {
      const first = await settled(handle);
      await settled(handle);
      return first();
    }
    case 'drop-response':
      await settled(handle);
      return undefined;
    case 'crash-caller':
      if (effect.when === 'after') await settled(handle);
      plan.crash(caller.accessKeyId);
      return undefined;
  }
}

/** Runs to the end, and gives back how it ended, to be looked at later or never. */
async function settled(handle: () => Promise<WireResponse>): Promise<() => WireResponse> {
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
