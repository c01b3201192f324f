import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that one process writes its report to, and no other one while it lives. */
export interface ClaimedFolder {
  /** As asked for; with `-2`, `-3`, … behind it where processes that live hold the ones before. */
  readonly folder: string;
  readonly release: () => Promise<void>;
}

/** What this process holds, or is about to: `pid file`. A file alone does not tell it from one that a killed process of the same id left, as containers give small ids anew. */
const own = new Set<string>();

/** @param folder below `root`; made where it is not there */
export async function claimFolder(root: string, folder: string, pid = process.pid): Promise<ClaimedFolder> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    await mkdir(join(root, name), { recursive: true });
    const file = await hold(join(root, name), pid);
    if (file !== undefined) return { folder: name, release: () => release(file, pid) };
  }
}

/**
 * The file that names the holder; undefined where somebody else holds the folder. What a killed process left stays, and its successor writes the file behind it: were
 * it removed, another one that found it at the same time would remove the successor's.
 */
async function hold(folder: string, pid: number, successor = 1): Promise<string | undefined> {
  const file = join(folder, successor === 1 ? 'held-by.pid' : `held-by-${successor}.pid`);
  if (await write(file, pid)) return file;
  return (await isLeftBehind(file, pid)) ? hold(folder, pid, successor + 1) : undefined;
}

/** False where somebody else was first. */
async function write(file: string, pid: number): Promise<boolean> {
  const held = `${pid} ${file}`;
  if (own.has(held)) return false;
  own.add(held);
  try {
    await writeFile(file, String(pid), { flag: 'wx' });
    return true;
  } catch (error) {
    own.delete(held);
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function release(file: string, pid: number): Promise<void> {
  await rm(file, { force: true });
  own.delete(`${pid} ${file}`);
}

async function isLeftBehind(file: string, pid: number): Promise<boolean> {
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  // A file that is there and still empty is being written at this moment.
  if (holder === undefined || holder === '') return false;
  return Number(holder) === pid ? !own.has(`${pid} ${file}`) : !isAlive(Number(holder));
}

/** Signal 0 reaches nobody; EPERM is said of a process of another user. https://nodejs.org/api/process.html#processkillpid-signal */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
