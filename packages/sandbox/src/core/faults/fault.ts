import type { ApiCall, Caller } from '../service.ts';

/** What happens to a call that a fault hits. */
export type FaultEffect =
  /** Refused with the service's own throttling error, before it is carried out. */
  | { readonly kind: 'throttle' }
  /** Refused with this error, before it is carried out. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status?: number }
  /** Not carried out and never answered: until the caller gives up or the fault is lifted, which resets the connection. */
  | { readonly kind: 'timeout' }
  /** Carried out twice, one after the other; the first outcome is answered. */
  | { readonly kind: 'duplicate' }
  /** Carried out, then the connection is reset instead of an answer. */
  | { readonly kind: 'drop-response' }
  /** Carried out this much of the sandbox's clock later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The execution environment that calls dies: before the call is carried out, or after it. */
  | { readonly kind: 'crash-caller'; readonly when: 'before' | 'after' };

/** Which calls a fault hits, and how. */
export interface Fault {
  /** IAM prefix: `dynamodb`, `logs`. */
  readonly service?: string;
  readonly operation?: string;
  readonly caller?: (caller: Caller, call: ApiCall) => boolean;
  /** Hits only the n-th matching call, counted from 1. */
  readonly nth?: number;
  /** Hits this many matching calls, then no more. */
  readonly times?: number;
  /** Hits each matching call with this probability, drawn from a generator seeded by `seed` (default 1). */
  readonly probability?: number;
  readonly seed?: number;
  readonly effect: FaultEffect;
}

/** An injected fault. */
export interface InjectedFault {
  /** Calls hit so far. */
  readonly hits: number;
  /** Resolves when the first call is hit. */
  readonly firstHit: Promise<void>;
  /** Ends the fault, and lets go of the callers that it keeps waiting. */
  lift(): void;
}
