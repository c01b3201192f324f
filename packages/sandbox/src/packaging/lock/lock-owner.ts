import { randomUUID } from 'node:crypto';
import { isProcessAlive, startOfProcess } from './process-identity.ts';

/** Where the start of a process cannot be read. */
const UNKNOWN = '-';

/** What this process holds or is about to: it tells its own locks from those of an earlier process that had its id. */
const held = new Set<string>();

/** A new line that names this process as an owner: its id, its start and a word that nobody else has. {@link forgetOwner} ends it. */
export function nameOwner(): string {
  const nonce = randomUUID();
  held.add(nonce);
  return `${process.pid} ${startOfProcess(process.pid) ?? UNKNOWN} ${nonce}`;
}

export function forgetOwner(owner: string): void {
  const nonce = owner.split(' ')[2];
  if (nonce) held.delete(nonce);
}

/** The process that a line of {@link nameOwner} names; undefined where it names none. */
export function pidOf(owner: string): number | undefined {
  const pid = Number.parseInt(owner, 10);
  return Number.isNaN(pid) ? undefined : pid;
}

/** Whether the process that wrote this line, and not another one with its id, still runs. */
export function isOwnerAlive(owner: string): boolean {
  const pid = pidOf(owner);
  if (pid === undefined || !isProcessAlive(pid)) return false;
  const [, start = UNKNOWN, nonce = ''] = owner.split(' ');
  const startNow = startOfProcess(pid);
  if (start !== UNKNOWN && startNow !== undefined) return start === startNow;
  return pid !== process.pid || held.has(nonce);
}
