import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const SKIPPED = new Set(['node_modules', '.serverless', '.esbuild', '.lamplighter', 'fixtures', 'coverage']);

/** Top-level folders that hold our sources. */
export const SOURCE_FOLDERS = ['packages', 'services', 'scripts'] as const;

/** Every TypeScript source below the source folders, by its path from `root`. */
export function listSources(root: string): readonly string[] {
  return SOURCE_FOLDERS.map((name) => join(root, name))
    .filter((folder) => existsSync(folder))
    .flatMap(listTypeScript)
    .map((file) => relative(root, file));
}

function listTypeScript(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listTypeScript(path);
    return entry.isFile() && /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
