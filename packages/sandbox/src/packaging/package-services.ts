import type { PackageRequest } from './package-request.ts';
import { packageService } from './package-service.ts';
import type { PackagedService } from './packaged-service.ts';
import type { PackagingProgress } from './packaging-progress.ts';

/** Two at a time fill two cores; more only wait for each other. */
const CONCURRENCY = 2;

/** Packages several services; answers in the order asked. The first failure ends it, after what is under way. */
export async function packageServices(
  requests: readonly PackageRequest[],
  onProgress?: PackagingProgress,
): Promise<readonly PackagedService[]> {
  const packaged: PackagedService[] = [];
  const waiting = requests.map((request, index) => ({ request, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      packaged[next.index] = await packageService(next.request, onProgress).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: CONCURRENCY }, work));
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
  return packaged;
}
