import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { findWorkspaceRoot } from './find-workspace-root.ts';
import { isProcessAlive } from './lock/process-identity.ts';
import { describeSettings, type PackageRequest } from './package-request.ts';

/** Another process may still read the entry that the newest one replaces. */
const KEEP_UNUSED_MS = 60 * 60 * 1000;
const SETTINGS_FILE = 'settings.json';

/** Where packages of a service are kept: `<repository>/.lamplighter/packaged/<service>`. */
export function cacheFolder(serviceDir: string): string {
  return join(findWorkspaceRoot(serviceDir), '.lamplighter', 'packaged', basename(serviceDir));
}

/** Where the package of this request and these sources is, or would be. */
export function entryFolder(request: PackageRequest, fingerprint: string): string {
  return join(cacheFolder(request.serviceDir), `${request.stage}-${request.region}-${fingerprint}`);
}

/** Whether the entry is there; notes that it was used. An entry appears whole, by a rename. */
export function useEntry(entry: string): boolean {
  if (!existsSync(join(entry, SETTINGS_FILE))) return false;
  const now = new Date();
  utimesSync(entry, now, now);
  return true;
}

/** A new folder of this process to package into. */
export function openDraft(request: PackageRequest): string {
  const draft = join(cacheFolder(request.serviceDir), `.draft-${process.pid}-${Date.now()}`);
  mkdirSync(draft, { recursive: true });
  return draft;
}

/** Makes a finished draft the entry, and clears what it replaces. */
export function publishDraft(request: PackageRequest, draft: string, entry: string): void {
  writeFileSync(join(draft, SETTINGS_FILE), describeSettings(request));
  renameSync(draft, entry);
  clearReplaced(request, entry);
}

function clearReplaced(request: PackageRequest, entry: string): void {
  const folder = cacheFolder(request.serviceDir);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (path === entry) continue;
    if (isAbandonedDraft(name) || isReplaced(request, path)) rmSync(path, { recursive: true, force: true });
  }
}

function isAbandonedDraft(name: string): boolean {
  const pid = /^\.draft-(\d+)-/.exec(name)?.[1];
  return pid !== undefined && !isProcessAlive(Number(pid));
}

function isReplaced(request: PackageRequest, path: string): boolean {
  const settings = join(path, SETTINGS_FILE);
  if (!existsSync(settings) || readFileSync(settings, 'utf8') !== describeSettings(request)) return false;
  return Date.now() - statSync(path).mtimeMs > KEEP_UNUSED_MS;
}
