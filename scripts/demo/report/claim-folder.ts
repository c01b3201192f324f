import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that one process writes its report to, and no other one while it lives. */
export interface ClaimedFolder {
  /** As asked for; with `-2`, `-3`, … behind it where processes that live hold the ones before. */
  readonly folder: string;
  readonly release: () => Promise<void>;
}

/** Names the process that holds the folder, so that what a killed one left behind holds nobody up. */
const HOLDER = 'held-by.pid';

/** @param folder below `root`; made where it is not there */
export async function claimFolder(root: string, folder: string, pid = process.pid): Promise<ClaimedFolder> {
  for (let number = 1; ; number += 1) {
    const own = number === 1 ? folder : `${folder}-${number}`;
    const file = join(root, own, HOLDER);
    await mkdir(join(root, own), { recursive: true });
    if (await isFree(file)) await rm(file, { force: true });
    if (await hold(file, pid)) return { folder: own, release: () => rm(file, { force: true }) };
  }
}

/** False where somebody else was first. */
async function hold(file: string, pid: number): Promise<boolean> {
  try {
    await writeFile(file, String(pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isFree(file: string): Promise<boolean> {
  const holder = await readFile(file, 'utf8').catch(() => undefined);
  // A file that is there and still empty is being written at this moment.
  return holder !== undefined && holder !== '' && !isAlive(Number(holder));
}

/** Signal 0 reaches nobody; EPERM is said of a process of another user. https://nodejs.org/api/process.html#processkillpid-signal */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
