import type { CallDependency, Dependency } from '../../ports.ts';
import { isHit } from './chance.ts';
import type { Faults } from './faults-schema.ts';

/** Throws as a client of AWS does whose retries are used up. */
class ThrottlingException extends Error {
  override readonly name = 'ThrottlingException';
  readonly $retryable = { throttling: true };
}

export interface CurrentInvocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly faults: Faults;
}

/** Calls of a throttled dependency fail before they are made; the n-th call of a request is hit by the seed. */
export function throttledCalls(call: CallDependency, current: () => CurrentInvocation): CallDependency {
  const counts = new Map<string, number>();
  return (named, work) => {
    const { functionName, requestId, faults } = current();
    const { throttle, seed } = faults;
    const isMeant = throttle?.dependency === named.dependency && (throttle.functions?.includes(functionName) ?? true);
    if (!isMeant) return call(named, work);
    const nth = nextOf(counts, requestId, named.dependency);
    const isThrottled = isHit(throttle.pct, seed, 'throttle', requestId, nth);
    return call(named, isThrottled ? () => Promise.reject(new ThrottlingException('Rate exceeded')) : work);
  };
}

function nextOf(counts: Map<string, number>, requestId: string, dependency: Dependency): number {
  const name = `${requestId} ${dependency}`;
  const nth = (counts.get(name) ?? 0) + 1;
  if (nth === 1) counts.clear();
  counts.set(name, nth);
  return nth;
}
