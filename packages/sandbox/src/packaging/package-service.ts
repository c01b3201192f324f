import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withFolderLock } from './lock/folder-lock.ts';
import { cacheFolder, entryFolder, openDraft, publishDraft, useEntry } from './package-cache.ts';
import type { PackageRequest } from './package-request.ts';
import type { PackagedService } from './packaged-service.ts';
import type { PackagingEvent, PackagingProgress } from './packaging-progress.ts';
import { withReadParams } from './read-params.ts';
import { PackagingError, runSlsPackage } from './run-sls-package.ts';
import { fingerprintService } from './service-fingerprint.ts';

/** How often packaging is begun again because somebody saved a source meanwhile. */
const ATTEMPTS = 3;

/**
 * Packages a service as `sls deploy` would ship it, offline. A service whose sources and settings have not changed is answered from
 * `.lamplighter/packaged`, in milliseconds. Several processes may ask at once. Throws `PackagingError` with the framework's own words.
 */
export async function packageService(asked: PackageRequest, onProgress?: PackagingProgress): Promise<PackagedService> {
  const request = withReadParams(asked);
  const { stage, region } = request;
  const service = basename(request.serviceDir);
  const tell = (kind: PackagingEvent['kind'], pid?: number) =>
    onProgress?.({ kind, service, stage, region, ...(pid !== undefined && { pid }) });
  const unchanged = findEntry(request);
  const { directory, cached } = unchanged
    ? { directory: unchanged, cached: true }
    : await makeEntry(request, { onStart: () => tell('started'), onWaiting: (pid) => tell('waiting', pid) });
  tell(cached ? 'cached' : 'packaged');
  return { service, stage, region, directory, cached };
}

function findEntry(request: PackageRequest): string | undefined {
  const entry = entryFolder(request, fingerprintService(request));
  return useEntry(entry) ? entry : undefined;
}

/** serverless-esbuild works in one folder per service, so that one service is packaged once at a time. */
function makeEntry(
  request: PackageRequest,
  told: { readonly onStart: () => void; readonly onWaiting: (pid: number | undefined) => void },
): Promise<{ directory: string; cached: boolean }> {
  const make = async () => {
    const madeByAnother = findEntry(request);
    if (madeByAnother) return { directory: madeByAnother, cached: true };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const entry = await packageOnce(request, told.onStart);
      if (entry) return { directory: entry, cached: false };
    }
    throw new PackagingError(
      `${basename(request.serviceDir)} cannot be packaged: its sources keep changing meanwhile.`,
    );
  };
  return withFolderLock(join(cacheFolder(request.serviceDir), '.lock'), make, told);
}

/** Undefined where the sources changed on the way: what came out belongs to neither the old nor the new ones. */
async function packageOnce(request: PackageRequest, onStart: () => void): Promise<string | undefined> {
  const fingerprint = fingerprintService(request);
  const entry = entryFolder(request, fingerprint);
  const draft = openDraft(request);
  try {
    onStart();
    await runSlsPackage(request, draft);
    if (fingerprintService(request) !== fingerprint) return undefined;
    publishDraft(request, draft, entry);
    return entry;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
