import { type Core, NEW_CORE } from './core.ts';
import { mergeSteps, type Step } from './step.ts';
import type { Identity } from './told-incidents.ts';

/** A function's assessment as it is stored: JSON, bounded (see MOST_STATE_BYTES). */
export interface FunctionState {
  readonly version: 1;
  /** After every minute that can no longer change. */
  readonly checkpoint: Core;
  /** The minutes since, each in its newest revision, ordered. */
  readonly pending: readonly Step[];
  /** After all of them. */
  readonly head: Core;
  /** How incidents of the head were told first, where late figures have shown another onset since: it depends on the order of delivery, as nothing else does. */
  readonly identities?: readonly Identity[];
}

const VERSION = 1;

/** The state of a function of which nothing was seen yet. */
export function newFunctionState(): FunctionState {
  return { version: VERSION, checkpoint: NEW_CORE, pending: [], head: NEW_CORE };
}

/** A state that was stored. Throws a `RangeError` for one of another version or of another shape. */
export function migrateFunctionState(stored: unknown): FunctionState {
  const state = stored as FunctionState | null;
  if (state?.version !== VERSION)
    throw new RangeError(
      `A state of version ${String((state as { version?: unknown } | null)?.version)} cannot be continued; version ${VERSION} can.`,
    );
  if (!isCore(state.checkpoint) || !isCore(state.head) || !Array.isArray(state.pending))
    throw new RangeError(
      'A stored state of version 1 is broken: it lacks parts of its checkpoint, head or pending minutes.',
    );
  if (state.identities !== undefined && !Array.isArray(state.identities))
    throw new RangeError('A stored state of version 1 is broken: its identities are no list.');
  // Minutes from before given-up requests were counted hold them one by one.
  return { ...state, pending: state.pending.map((step) => mergeSteps(step, { start: step.start, facts: [] })) };
}

/** Every part that a new core has, and of the same kind. */
function isCore(value: unknown): value is Core {
  if (typeof value !== 'object' || value === null) return false;
  const parts = value as Record<string, unknown>;
  return Object.entries(NEW_CORE).every(([key, model]) =>
    model === null
      ? parts[key] === null || Number.isFinite(parts[key])
      : Array.isArray(model)
        ? Array.isArray(parts[key])
        : typeof parts[key] === typeof model,
  );
}
