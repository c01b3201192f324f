import { basename } from 'node:path';
import { packageServices, readTemplate } from '../../packages/sandbox/src/packaging/index.ts';
import { listServiceFolders } from '../workspace-services.ts';

/** A resource of a packaged template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface PackagedStack {
  /** The stack's name: `lamplighter-ingestion-dev`. */
  readonly name: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

/** The sample is a customer's: who deploys and runs it is not the matter of these documents. */
const SAMPLE = 'reservation';

/** Every stack of Lamplighter as packaged for the stage dev; the ingestion service once for each of its doors. */
export const packagedStacks = (): Promise<readonly PackagedStack[]> => packageStacks([]);

/** The same, and the console with a collection of OpenSearch for its search. */
export const packagedStacksWithOptions = (): Promise<readonly PackagedStack[]> =>
  packageStacks([{ service: 'console', params: { search: 'opensearch' } }]);

interface Option {
  readonly service: string;
  readonly params: Readonly<Record<string, string>>;
}

async function packageStacks(options: readonly Option[]): Promise<readonly PackagedStack[]> {
  const folders = listServiceFolders().filter((folder) => basename(folder) !== SAMPLE);
  const ingestion = folders.filter((folder) => basename(folder) === 'ingestion');
  const packaged = await packageServices([
    ...folders.map((serviceDir) => ({ serviceDir, stage: 'dev', region: 'us-east-1', params: { door: 'direct' } })),
    ...ingestion.map((serviceDir) => ({ serviceDir, stage: 'dev', region: 'us-east-1', params: { door: 'stream' } })),
    ...options.flatMap(({ service, params }) =>
      folders
        .filter((folder) => basename(folder) === service)
        .map((serviceDir) => ({ serviceDir, stage: 'dev', region: 'us-east-1', params })),
    ),
  ]);
  return Promise.all(
    packaged.map(async (each) => ({
      name: `lamplighter-${each.service}-dev`,
      resources: ((await readTemplate(each)) as { readonly Resources: PackagedStack['resources'] }).Resources,
    })),
  );
}
