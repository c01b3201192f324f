import { join } from 'node:path';
import { type PackagedService, packageServices } from '@lamplighter/sandbox/packaging';

export type DeployedDoor = 'direct' | 'stream';

/** The stage that each door is deployed as, so that both fit into one account, and one package per door serves every suite. */
export const STAGE_OF = { direct: 'dev', stream: 'prod' } as const;

const SERVICES = join(import.meta.dirname, '../..');

export interface PackagedStacks {
  readonly backbone: PackagedService;
  readonly ingestion: PackagedService;
}

/** Both stacks of a door as `sls package` writes them, from the cache where nothing changed; `params` are ingestion's. */
export async function packagedStacks(
  door: DeployedDoor,
  region = 'us-east-1',
  params: Readonly<Record<string, string>> = {},
): Promise<PackagedStacks> {
  const shared = { stage: STAGE_OF[door], region };
  const [backbone, ingestion] = await packageServices([
    { ...shared, serviceDir: join(SERVICES, 'backbone'), params: { door } },
    { ...shared, serviceDir: join(SERVICES, 'ingestion'), params: { door, ...params } },
  ]);
  return { backbone: backbone!, ingestion: ingestion! };
}
