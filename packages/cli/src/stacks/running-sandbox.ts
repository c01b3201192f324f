import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { workspaceRoot } from './package-stacks.ts';

/** A sandbox that `lamplighter up` runs, as other processes find it. The keys open nothing but that sandbox. */
export interface RunningSandbox {
  readonly endpoint: string;
  readonly region: string;
  readonly stage: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** All of them are this machine. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a URL leads to this machine. */
export const isLocal = (url: string): boolean => LOOPBACK.includes(new URL(url).hostname);

/** Whether two URLs lead to one place: the names of this machine are one. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  const isHere = isLocal(one) && isLocal(other);
  return a.port === b.port && (isHere || a.hostname === b.hostname);
}

const noteFile = (endpoint: string): string =>
  join(workspaceRoot(), '.lamplighter', 'up', `${new URL(endpoint).port}.json`);

/** Notes a running sandbox, readable by its user alone; gives the way to take the note back. */
export async function noteRunning(running: RunningSandbox): Promise<() => Promise<void>> {
  const file = noteFile(running.endpoint);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(running), { mode: 0o600 });
  return () => rm(file, { force: true });
}

/** The sandbox noted for an endpoint; undefined where none is, e.g. for an endpoint elsewhere. */
export async function findRunning(endpoint: string): Promise<RunningSandbox | undefined> {
  if (!URL.canParse(endpoint)) return undefined;
  try {
    const running = JSON.parse(await readFile(noteFile(endpoint), 'utf8')) as RunningSandbox;
    return isSameAddress(running.endpoint, endpoint) ? running : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
