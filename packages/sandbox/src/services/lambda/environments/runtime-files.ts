import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

// Not imported: jest puts a `node:module` of its own in the way, which has no stripTypeScriptTypes.
const { stripTypeScriptTypes } = process.getBuiltinModule('node:module');

const SOURCE = new URL('../worker/', import.meta.url);
const IMPORT = /^import\s[^;]*?from '([^']+)';$/gm;

/**
 * Writes the worker's runtime as one plain JavaScript module below `directory` and resolves to it. Of each cold start this takes what the types of
 * eight files and their loading cost: 50 ms with types, 16 ms without, 5 ms as one file, beside the 25 ms of a bare thread (Node 24, two slow cores).
 */
export async function writeRuntime(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const builtins = new Set<string>();
  const bodies = await bodiesFrom('main.ts', { builtins, seen: new Set() });
  const entry = path.join(directory, 'main.mjs');
  await writeFile(entry, [...builtins, ...bodies].join('\n'));
  return entry;
}

interface Gathered {
  readonly builtins: Set<string>;
  readonly seen: Set<string>;
}

/** What a source and all that it imports declare, what is imported first. Their names must differ: two alike are a syntax error of the runtime. */
async function bodiesFrom(name: string, gathered: Gathered): Promise<string[]> {
  if (gathered.seen.has(name)) return [];
  gathered.seen.add(name);
  const script = stripTypes(await readFile(new URL(name, SOURCE), 'utf8'));
  const bodies: string[] = [];
  for (const [statement, from = ''] of script.matchAll(IMPORT)) {
    if (from.startsWith('./')) bodies.push(...(await bodiesFrom(from.slice(2), gathered)));
    else gathered.builtins.add(statement.replaceAll(/\s+/g, ' '));
  }
  return [...bodies, script.replaceAll(IMPORT, '').replaceAll(/^export (?=async |function |const |class )/gm, '')];
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
