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

function firstMismatch(model: unknown, value: unknown, path: string): string | undefined {
  if (model === null || value === null)
    return model === value || typeof (model ?? value) === 'number' ? undefined : path;
  if (typeof model !== typeof value || Array.isArray(model) !== Array.isArray(value)) return path;
  if (typeof model === 'number') return Number.isFinite(value) ? undefined : path;
  if (typeof model !== 'object') return undefined;
  const [expected, given] = [Object.entries(model), Object.keys(value as object)];
  if (expected.length !== given.length) return path;
  for (const [key, part] of expected) {
    const mismatch = firstMismatch(part, (value as Record<string, unknown>)[key], `${path}.${key}`);
    if (mismatch !== undefined) return mismatch;
  }
  return undefined;
}
