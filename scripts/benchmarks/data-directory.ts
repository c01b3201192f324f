import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../workspace-services.ts';

/**
 * Where a public data set lies: `--data`, else `../shared/data/NAME` beside the repository. Data sets are not part of the project.
 *
 * @throws RangeError where it is not there
 */
export function dataDirectory(name: string, given: string | undefined): string {
  const directory = given ?? join(REPOSITORY, '..', 'shared', 'data', name);
  if (existsSync(directory)) return directory;
  throw new RangeError(`Skipped: the data set ${name} is not here. Get it (docs/benchmarks.md) and add --data DIR.`);
}
