import { dirname, relative, sep } from 'node:path';

/** Paths relative to the deepest folder that holds them all. */
export function belowCommonFolder(paths: readonly string[]): readonly string[] {
  const folders = paths.map((path) => dirname(path).split(sep));
  const [first = []] = folders;
  const depth = first.findIndex((part, index) => folders.some((folder) => folder[index] !== part));
  const folder = first.slice(0, depth < 0 ? first.length : depth).join(sep) || sep;
  return paths.map((path) => relative(folder, path));
}
