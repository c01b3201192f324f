import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const Manifest = z.object({ exports: z.record(z.string(), z.string()).optional() });

/** Files that the packages of a workspace open to others: what `exports` of each `packages/<name>/package.json` names, in order of their paths. */
export function packageEntries(repository: string): readonly string[] {
  return globSync('packages/*/package.json', { cwd: repository })
    .sort()
    .flatMap((path) => {
      const manifest = Manifest.parse(JSON.parse(readFileSync(join(repository, path), 'utf8')));
      return Object.values(manifest.exports ?? {})
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(repository, dirname(path), file));
    });
}
