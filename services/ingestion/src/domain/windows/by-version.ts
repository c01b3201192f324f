import type { VersionFigures } from '@lamplighter/contracts';
import type { StoredAttempt } from '../stored-attempt.ts';
import { figuresOf, isFailure, sumAndMax } from './figures.ts';
import { sketchOf } from './sketch-of.ts';

/** More versions at once are nobody's deploy. */
const MAX_VERSIONS = 20;

/** A minute's figures of the most used versions that are known, in order of version: before and after a deploy in one window. */
export function byVersion(attempts: readonly StoredAttempt[]): VersionFigures[] {
  const groups = Map.groupBy(attempts, ({ version }) => version);
  return [...groups]
    .sort(([a, some], [b, others]) => others.length - some.length || ((a ?? '') < (b ?? '') ? -1 : 1))
    .slice(0, MAX_VERSIONS)
    .flatMap(([version, group]) => (version === undefined ? [] : [figuresOfVersion(version, group)]))
    .sort((a, b) => (a.version < b.version ? -1 : 1));
}

function figuresOfVersion(version: string, attempts: readonly StoredAttempt[]): VersionFigures {
  const durations = figuresOf(attempts, (attempt) => attempt.durationMs);
  return {
    version,
    invocations: attempts.length,
    failures: attempts.filter(isFailure).length,
    coldStarts: attempts.filter((attempt) => attempt.coldStart).length,
    durationMs: sumAndMax(durations),
    durationSketch: sketchOf(durations),
  };
}
