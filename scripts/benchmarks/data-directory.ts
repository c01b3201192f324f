import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../workspace-services.ts';

/**
 * Where a public data set lies: `--data DIR` (the set itself, or a folder that has it as NAME), else `../shared/data/NAME` beside the
 * repository. Data sets are not part of the project.
 *
 * @throws RangeError where it is not there: the benchmark cannot run
 */
export function dataDirectory(name: string, given: string | undefined): string {
  const root = given ?? join(REPOSITORY, '..', 'shared', 'data');
  const places = given === undefined ? [join(root, name)] : [join(root, name), root];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  throw new RangeError(`Skipped: the data set ${name} is not here. Get it (docs/benchmarks.md) and add --data DIR.`);
}
