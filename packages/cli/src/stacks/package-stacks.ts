import { join } from 'node:path';
import {
  describePackaging,
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

/** What a replay runs through. */
const AUDIT = ['backbone', 'ingestion'];
/** Every stack, in the order of their deployment; the last is the sample that is watched. */
export const EVERY_STACK = [...AUDIT, 'analysis', 'prediction', 'remediation', 'alerting', 'console', 'reservation'];

/** The repository that this program belongs to. */
export const workspaceRoot = (): string => findWorkspaceRoot(import.meta.dirname);

/** Packages stacks as `sls deploy` would ship them, in the order of their deployment; unchanged ones come from a cache. */
export async function packageStacks(
  settings: StackSettings,
  progress: Progress,
  names: readonly string[] = AUDIT,
): Promise<readonly PackagedService[]> {
  const { stage, region } = settings;
  const requests = names.map((name) => {
    const params = paramsOf(name, settings);
    return { serviceDir: join(workspaceRoot(), 'services', name), stage, region, ...(params && { params }) };
  });
  return packageServices(requests, (event) => {
    const line = describePackaging(event);
    if (line) progress.update(line);
  }).catch((error: unknown) => {
    if (!(error instanceof PackagingError)) throw error;
    throw new InputError('packaging-failed', error.message, 'Put the service right and try again.', { cause: error });
  });
}

function paramsOf(name: string, { door, watchedLogGroupPrefix }: StackSettings): Record<string, string> | undefined {
  // Whoever reaches a port of this machine is its user.
  if (name === 'console') return { signIn: 'local' };
  if (name !== 'ingestion') return undefined;
  return {
    ...(door === 'direct' ? {} : { door }),
    ...(watchedLogGroupPrefix === undefined ? {} : { watchedLogGroupPrefix }),
  };
}
