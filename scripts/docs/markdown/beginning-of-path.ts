import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { REPOSITORY } from '../../workspace-services.ts';

/** Whether a file, a folder, or a file whose name begins so is there; from the root. */
export function isBeginningOfPath(path: string): boolean {
  const folder = join(REPOSITORY, dirname(path));
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(basename(path)));
}
