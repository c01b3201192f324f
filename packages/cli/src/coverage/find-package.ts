import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describePackaging, PackagingError, packageService } from '@lamplighter/sandbox/packaging';
import { InputError } from '../input-error.ts';
import { workspaceRoot } from '../stacks/package-stacks.ts';
import type { Progress } from '../terminal/progress.ts';

const TEMPLATE = 'cloudformation-template-update-stack.json';

export interface PackageSettings {
  readonly stage: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The folder with the packaged template of a service: a service of this repository is packaged, unless unchanged; any other has been
 * packaged by its owner, into `.serverless` or the folder itself. Throws `InputError` where there is none.
 */
export async function findPackage(folder: string, settings: PackageSettings, progress: Progress): Promise<string> {
  if (dirname(folder) === join(workspaceRoot(), 'services') && (await exists(join(folder, 'serverless.yml'))))
    return packageOwn(folder, settings, progress);
  for (const candidate of [join(folder, '.serverless'), folder])
    if (await exists(join(candidate, TEMPLATE))) return candidate;
  if (!(await exists(folder))) throw new InputError('missing-file', `There is no ${folder}.`, 'Check the name.');
  throw new InputError(
    'not-packaged',
    `${folder} holds no packaged service.`,
    'Run sls package there first, or name the folder of its .serverless.',
  );
}

async function packageOwn(serviceDir: string, settings: PackageSettings, progress: Progress): Promise<string> {
  const packaged = await packageService({ serviceDir, ...settings }, (event) => {
    const line = describePackaging(event);
    if (line) progress.update(line);
  }).catch((error: unknown) => {
    if (!(error instanceof PackagingError)) throw error;
    throw new InputError('packaging-failed', error.message, 'Put the service right and try again.', { cause: error });
  });
  return packaged.directory;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
