import { join } from 'node:path';
import {
  findWorkspaceRoot,
  type PackagedService,
  PackagingError,
  packageServices,
} from '@lamplighter/sandbox/packaging';
import { InputError } from '../input-error.ts';
import type { Progress } from '../terminal/progress.ts';

export type Door = 'direct' | 'stream';

export interface StackSettings {
  readonly stage: string;
  readonly region: string;
  readonly door: Door;
  /** Log groups whose names begin so are subscribed; `/aws/lambda/` where absent. */
  readonly watchedLogGroupPrefix?: string;
}

/** The repository that this program belongs to. */
export const workspaceRoot = (): string => findWorkspaceRoot(import.meta.dirname);

/** Packages the stacks of the audit as `sls deploy` would ship them, in the order of their deployment; unchanged ones come from a cache. */
export async function packageStacks(settings: StackSettings, progress: Progress): Promise<readonly PackagedService[]> {
  const { stage, region, door, watchedLogGroupPrefix } = settings;
  const serviceDir = (name: string): string => join(workspaceRoot(), 'services', name);
  const params = {
    ...(door === 'direct' ? {} : { door }),
    ...(watchedLogGroupPrefix === undefined ? {} : { watchedLogGroupPrefix }),
  };
  const requests = [
    { serviceDir: serviceDir('backbone'), stage, region },
    { serviceDir: serviceDir('ingestion'), stage, region, params },
  ];
  return packageServices(requests, ({ kind, service }) => {
    if (kind === 'started') progress.update(`packaging ${service} (once; afterwards it comes from a cache)`);
  }).catch((error: unknown) => {
    if (!(error instanceof PackagingError)) throw error;
    throw new InputError('packaging-failed', error.message, 'Put the service right and try again.', { cause: error });
  });
}
