import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withFolderLock } from './folder-lock.ts';
import { cacheFolder, entryFolder, openDraft, publishDraft, useEntry } from './package-cache.ts';
import type { PackageRequest } from './package-request.ts';
import type { PackagedService } from './packaged-service.ts';
import { runSlsPackage } from './run-sls-package.ts';
import { fingerprintService } from './service-fingerprint.ts';

/** Told when a package is wanted that has to be made, and when it is there. */
export type PackagingProgress = (event: {
  readonly kind: 'started' | 'packaged' | 'cached';
  readonly service: string;
  readonly stage: string;
  readonly region: string;
}) => void;

/**
 * Packages a service as `sls deploy` would ship it, offline. A service whose sources and settings have not changed is answered from
 * `.lamplighter/packaged`, in milliseconds. Several processes may ask at once. Throws `PackagingError` with the framework's own words.
 */
export async function packageService(
  request: PackageRequest,
  onProgress?: PackagingProgress,
): Promise<PackagedService> {
  const { stage, region } = request;
  const service = basename(request.serviceDir);
  const tell = (kind: 'started' | 'packaged' | 'cached') => onProgress?.({ kind, service, stage, region });
  const entry = entryFolder(request, fingerprintService(request));
  const answer = (cached: boolean): PackagedService => {
    tell(cached ? 'cached' : 'packaged');
    return { service, stage, region, directory: entry, cached };
  };
  if (useEntry(entry)) return answer(true);
  // serverless-esbuild works in one folder per service, so that one service is packaged once at a time.
  return withFolderLock(join(cacheFolder(request.serviceDir), '.lock'), async () => {
    if (useEntry(entry)) return answer(true);
    tell('started');
    await packageInto(request, entry);
    return answer(false);
  });
}

async function packageInto(request: PackageRequest, entry: string): Promise<void> {
  const draft = openDraft(request);
  try {
    await runSlsPackage(request, draft);
    publishDraft(request, draft, entry);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
