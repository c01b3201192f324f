import type { Clock } from '@lamplighter/lambda-kit';

/** Values by key that are over at their time. */
export interface ExpiringMap<Value> {
  /** Undefined once it is over. */
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value, forMs: number) => void;
  readonly delete: (key: string) => void;
  readonly clear: () => void;
  /** Of what takes memory, over or not. */
  readonly size: () => number;
}

/** Holds at most so many values: each new one lets go of all that are over, and where that makes no room, of the one that is held longest. */
export function expiringMap<Value>(most: number, now: Clock): ExpiringMap<Value> {
  const held = new Map<string, { readonly until: number; readonly value: Value }>();
  const makeRoom = (): void => {
    for (const [key, { until }] of held) if (until <= now()) held.delete(key);
    if (held.size >= most) held.delete(held.keys().next().value!);
  };
  return {
    get: (key) => {
      const found = held.get(key);
      return found !== undefined && found.until > now() ? found.value : undefined;
    },
    set: (key, value, forMs) => {
      held.delete(key);
      makeRoom();
      held.set(key, { until: now() + forMs, value });
    },
    delete: (key) => void held.delete(key),
    clear: () => held.clear(),
    size: () => held.size,
  };
}
