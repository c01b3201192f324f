import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's own folder. */
export const REPOSITORY = join(import.meta.dirname, '..');

/** Folders of the services that can be packaged, in alphabetical order. */
export function listServiceFolders(): readonly string[] {
  const parent = join(REPOSITORY, 'services');
  return readdirSync(parent)
    .sort()
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(folder, 'serverless.yml')));
}
