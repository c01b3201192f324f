import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

// Not imported: jest puts a `node:module` of its own in the way, which has no stripTypeScriptTypes.
const { stripTypeScriptTypes } = process.getBuiltinModule('node:module');

const SOURCE = new URL('../worker/', import.meta.url);

/**
 * Writes the worker's runtime as plain JavaScript below `directory` and resolves to its entry file. Stripping types once here
 * instead of in each worker halves the cold start (24 ms against 50 ms measured on Node 24) and saves 9 MB of each heap.
 */
export async function writeRuntime(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const sources = (await readdir(SOURCE)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  await Promise.all(
    sources.map(async (name) => {
      const source = await readFile(new URL(name, SOURCE), 'utf8');
      const script = stripTypes(source).replaceAll(/(from '\.\/[^']+)\.ts'/g, "$1.mjs'");
      await writeFile(path.join(directory, name.replace(/\.ts$/, '.mjs')), script);
    }),
  );
  return path.join(directory, 'main.mjs');
}

/** The function is stable in what it does but still announces itself as experimental, which is not our user's concern. */
function stripTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
