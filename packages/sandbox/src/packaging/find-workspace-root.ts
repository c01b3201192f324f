import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder above that holds `pnpm-workspace.yaml`. Throws where there is none. */
export function findWorkspaceRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (folder === dirname(folder))
      throw new Error(`${from} is in no pnpm workspace: no pnpm-workspace.yaml above it.`);
  }
}
