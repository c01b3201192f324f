import type { VersionedState } from './detector.ts';

/** A stored state if it is of this version and has the shape of a new one; a `RangeError` that says what is wrong otherwise. */
export function readState<State extends VersionedState>(name: string, fresh: State, stored: unknown): State {
  const version = (stored as VersionedState | null)?.version;
  if (version !== fresh.version)
    throw new RangeError(`${name} cannot continue a state of version ${String(version)}; it reads ${fresh.version}.`);
  const path = firstMismatch(fresh, stored, 'state');
  if (path !== undefined) throw new RangeError(`${name} cannot continue a state whose ${path} is broken.`);
  return stored as State;
}

/** A number or null may stand where the model has null; everything else has to be of the model's shape. */
function firstMismatch(model: unknown, value: unknown, path: string): string | undefined {
  if (typeof model === 'object' && model !== null) return firstMismatchOfParts(model, value, path);
  if (model === null && value === null) return undefined;
  const isAlike = model === null || typeof model === 'number' ? Number.isFinite(value) : typeof model === typeof value;
  return isAlike ? undefined : path;
}

function firstMismatchOfParts(model: object, value: unknown, path: string): string | undefined {
  const expected = Object.entries(model);
  if (typeof value !== 'object' || value === null || expected.length !== Object.keys(value).length) return path;
  for (const [key, part] of expected) {
    const mismatch = firstMismatch(part, (value as Record<string, unknown>)[key], `${path}.${key}`);
    if (mismatch !== undefined) return mismatch;
  }
  return undefined;
}
