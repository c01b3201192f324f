import { mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the packages that a fresh install brings anew, like the snapshot of an empty database. */
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/lamplighter/compiled/', import.meta.url));
const DAY_MS = 86_400_000;
const KEPT_MS = 3 * DAY_MS;
const SWEPT = '.swept';

/**
 * Lets the runtime in `directory` take V8's code of functions that any sandbox before it left, and leave its own. Entries are named by the package's hash
 * and the file, and V8 checks them against the source; those of three days ago are forgotten, once a day. A cache that cannot be written is done without: the
 * sandbox's environments then share what they compile among themselves.
 */
export async function shareCompiledCode(directory: string, cache = CACHE): Promise<void> {
  try {
    await mkdir(cache, { recursive: true });
    // Node names an entry by its path from this folder, as written: by way of a link the entries of all sandboxes have the same names.
    await symlink(cache, path.join(directory, 'compiled'), 'junction');
  } catch (error) {
    if (!/^(EACCES|EPERM|EROFS)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return;
  }
  await forgetOld(cache);
}

async function forgetOld(cache: string): Promise<void> {
  const sweptAt = await stat(path.join(cache, SWEPT)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (Date.now() - sweptAt < DAY_MS) return;
  await writeFile(path.join(cache, SWEPT), '');
  const oldest = Date.now() - KEPT_MS;
  const entries = await readdir(cache, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: oldest }));
    if (mtimeMs < oldest) await rm(file, { force: true });
  }
}
