import { describePackaging, type PackagedService, packageServices } from '../packages/sandbox/src/packaging/index.ts';
import { listServiceFolders } from './workspace-services.ts';

/** The settings that change what a stack holds, and not only its names. */
const DOORS = ['direct', 'stream'] as const;

export interface PackagedVariant extends PackagedService {
  readonly door: (typeof DOORS)[number];
}

/** Every service, through both doors, in each region. */
export async function packageVariants(regions: readonly string[]): Promise<readonly PackagedVariant[]> {
  const variants = DOORS.flatMap((door) => regions.map((region) => ({ door, region })));
  const requests = variants.flatMap(({ door, region }) =>
    listServiceFolders().map((serviceDir) => ({ serviceDir, stage: 'dev', region, params: { door }, door })),
  );
  const packaged = await packageServices(requests, (event) => {
    const line = describePackaging(event);
    if (line) console.error(`${event.region}: ${line}`);
  });
  return packaged.map((each, index) => ({ ...each, door: requests[index]?.door ?? 'direct' }));
}
