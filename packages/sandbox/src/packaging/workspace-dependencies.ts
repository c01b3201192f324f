import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Folders of the workspace packages that `folder` needs at run time, directly or through each other, in a stable order. */
export function workspaceDependencies(root: string, folder: string): readonly string[] {
  const folderOf = packageFolders(root);
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const [name, version] of Object.entries(readManifest(from).dependencies ?? {})) {
      if (!version.startsWith('workspace:')) continue;
      const dependency = folderOf.get(name);
      if (!dependency) throw new Error(`${from} depends on ${name}, which is no package of this workspace.`);
      if (found.has(dependency)) continue;
      found.add(dependency);
      visit(dependency);
    }
  };
  visit(folder);
  return [...found].sort();
}

function packageFolders(root: string): ReadonlyMap<string, string> {
  const parent = join(root, 'packages');
  if (!existsSync(parent)) return new Map();
  const folders = readdirSync(parent).map((name) => join(parent, name));
  return new Map(folders.map((folder) => [readManifest(folder).name ?? folder, folder]));
}

function readManifest(folder: string): Manifest {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
}
