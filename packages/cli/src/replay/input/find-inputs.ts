import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../../input-error.ts';
import { exportPartOf } from './text/read-export.ts';

/** Files that are read as one: the numbered parts of one stream of an export task, or a single file. */
export interface InputUnit {
  /** What the user knows it as. */
  readonly name: string;
  readonly files: readonly string[];
  /** Named by the user, not found in a directory. */
  readonly isNamed: boolean;
}

export interface FoundInputs {
  readonly units: readonly InputUnit[];
  readonly notes: readonly string[];
}

/** CloudWatch Logs leaves this beside an export to test that it may write there. */
const WRITE_TEST = 'aws-logs-write-test';

/** The files behind what the user named: directories are searched, hidden files left out. Throws {@link InputError} `missing-file`, `no-logs`. */
export async function findInputs(paths: readonly string[], leaveOut?: string): Promise<FoundInputs> {
  const units: InputUnit[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const isDirectory = await isDirectoryOf(path);
    const files = isDirectory ? await listFiles(path) : [path];
    const logs = files.filter((file) => basename(file) !== WRITE_TEST && file !== leaveOut);
    if (files.some((file) => basename(file) === WRITE_TEST))
      notes.push(`${WRITE_TEST} left out: CloudWatch Logs writes it to test its access.`);
    if (logs.length === 0)
      throw new InputError(
        'no-logs',
        `${path} holds no logs.`,
        'Name a log export or the directory it was downloaded to.',
      );
    units.push(...groupParts(logs, !isDirectory));
  }
  return { units, notes: [...new Set(notes)] };
}

async function isDirectoryOf(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new InputError('missing-file', `There is no ${path}.`, 'Check the name.', { cause });
  }
}

async function listFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const files: string[] = [];
  for (const entry of entries) {
    if (isHidden(directory, entry.parentPath, entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path)))) files.push(path);
  }
  return files.sort();
}

/** Links to folders are not followed: they may lead in circles. */
async function leadsToFile(path: string): Promise<boolean> {
  const target = await stat(path).catch(() => undefined);
  return target?.isFile() === true;
}

function isHidden(root: string, parent: string, name: string): boolean {
  return [...parent.slice(root.length).split(/[\\/]/), name].some((part) => part.startsWith('.'));
}

function groupParts(files: readonly string[], isNamed: boolean): readonly InputUnit[] {
  const units = new Map<string, string[]>();
  for (const file of files) {
    const key = exportPartOf(file)?.folder ?? file;
    units.set(key, [...(units.get(key) ?? []), file]);
  }
  return [...units].map(([name, parts]) => ({ name, files: parts, isNamed }));
}
