import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { forgetOwner, isOwnerAlive, nameOwner, pidOf } from './lock-owner.ts';

const RETRY_MS = 50;
/** Nobody is that long between creating a file and writing into it. */
const EMPTY_FOR_MS = 5_000;
const TELL_AFTER_MS = 10_000;

export interface WaitingOptions {
  /** Told once with the owner's process, when that has kept one waiting for `tellAfterMs` (10 s). */
  readonly onWaiting?: ((pid: number | undefined) => void) | undefined;
  readonly tellAfterMs?: number;
}

/**
 * Runs `work` while holding a lock file that other processes respect, and other calls in this process too.
 * The file names its owner: a lock whose owner has died is taken over, and one that nobody wrote his name into.
 */
export async function withFolderLock<T>(
  lockFile: string,
  work: () => Promise<T>,
  { onWaiting, tellAfterMs = TELL_AFTER_MS }: WaitingOptions = {},
): Promise<T> {
  mkdirSync(dirname(lockFile), { recursive: true });
  const owner = nameOwner();
  const tellAtMs = performance.now() + tellAfterMs;
  let isTold = false;
  try {
    while (!tryCreate(lockFile, owner)) {
      if (isAbandoned(lockFile)) takeAway(lockFile);
      if (!isTold && performance.now() >= tellAtMs) {
        isTold = true;
        onWaiting?.(pidOf(readLock(lockFile) ?? ''));
      }
      await delay(RETRY_MS);
    }
    return await work();
  } finally {
    if (readLock(lockFile) === owner) rmSync(lockFile, { force: true });
    forgetOwner(owner);
  }
}

function tryCreate(lockFile: string, content: string): boolean {
  try {
    writeFileSync(lockFile, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(lockFile: string): boolean {
  const owner = readLock(lockFile);
  if (owner === undefined) return false;
  return pidOf(owner) === undefined ? isOld(lockFile) : !isOwnerAlive(owner);
}

/**
 * Several processes may notice the same dead owner, and one may be slow: by the time it acts, another may have taken the lock. Only who holds the
 * guard removes, once it has looked again. Nothing waits in between, so that a guard that is old was left by a process that was killed.
 */
function takeAway(lockFile: string): void {
  const guard = `${lockFile}.guard`;
  if (!tryCreate(guard, '')) {
    if (isOld(guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isAbandoned(lockFile)) rmSync(lockFile, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Undefined once the owner has removed it; empty while the owner is between creating the file and writing its name. */
function readLock(lockFile: string): string | undefined {
  return ifThere(() => readFileSync(lockFile, 'utf8'));
}

function isOld(file: string): boolean {
  const modifiedMs = ifThere(() => statSync(file).mtimeMs);
  return modifiedMs !== undefined && Date.now() - modifiedMs > EMPTY_FOR_MS;
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
