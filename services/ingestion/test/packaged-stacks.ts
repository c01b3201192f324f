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

/** Both stacks of a door as `sls package` writes them, from the cache where nothing changed. */
export async function packagedStacks(door: DeployedDoor, region = 'us-east-1'): Promise<PackagedStacks> {
  const stage = STAGE_OF[door];
  const [backbone, ingestion] = await packageServices(
    ['backbone', 'ingestion'].map((name) => ({ serviceDir: join(SERVICES, name), stage, region, params: { door } })),
  );
  return { backbone: backbone!, ingestion: ingestion! };
}
