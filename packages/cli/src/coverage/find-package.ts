import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describePackaging, PackagingError, packageService } from '@lamplighter/sandbox/packaging';
import { InputError } from '../input-error.ts';
import { workspaceRoot } from '../stacks/package-stacks.ts';
import type { Progress } from '../terminal/progress.ts';

const TEMPLATE = 'cloudformation-template-update-stack.json';

/** How a service of this repository is packaged: by default the stage dev for us-east-1. */
export interface PackageSettings {
  readonly stage?: string;
  readonly region?: string;
  readonly param: readonly string[];
}

export interface FoundPackage {
  readonly directory: string;
  /** When its owner packaged it, epoch milliseconds; absent of what is packaged now. */
  readonly packagedAt?: number;
}

/**
 * The folder with the packaged template of a service: a service of this repository is packaged, unless unchanged; any other has been
 * packaged by its owner, into `.serverless` or the folder itself, for a stage and a region that were said then. Throws `InputError` where there is
 * none, and for settings that a package no longer hears.
 */
export async function findPackage(
  folder: string,
  settings: PackageSettings,
  progress: Progress,
): Promise<FoundPackage> {
  if (dirname(folder) === join(workspaceRoot(), 'services') && (await exists(join(folder, 'serverless.yml'))))
    return { directory: await packageOwn(folder, settings, progress) };
  for (const directory of [join(folder, '.serverless'), folder]) {
    if (!(await exists(join(directory, TEMPLATE)))) continue;
    refuseSettings(folder, settings);
    return { directory, packagedAt: (await stat(join(directory, TEMPLATE))).mtimeMs };
  }
  if (!(await exists(folder))) throw new InputError('missing-file', `There is no ${folder}.`, 'Check the name.');
  throw new InputError(
    'not-packaged',
    `${folder} holds no packaged service.`,
    'Run sls package there first, or name the folder of its .serverless.',
  );
}

/** What an option says is not left unheard. */
function refuseSettings(folder: string, { stage, region, param }: PackageSettings): void {
  const given = Object.entries({ stage, region, param: param[0] }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new InputError(
    'usage',
    `--${given[0]} says nothing of ${folder}, which its owner has packaged.`,
    'Leave it out, and package the service with it: sls package.',
  );
}

async function packageOwn(serviceDir: string, settings: PackageSettings, progress: Progress): Promise<string> {
  const { stage = 'dev', region = 'us-east-1', param } = settings;
  const params = Object.fromEntries(param.map(splitParam));
  const packaged = await packageService({ serviceDir, stage, region, params }, (event) => {
    const line = describePackaging(event);
    if (line) progress.update(line);
  }).catch((error: unknown) => {
    if (!(error instanceof PackagingError)) throw error;
    throw new InputError('packaging-failed', error.message, 'Put the service right and try again.', { cause: error });
  });
  return packaged.directory;
}

function splitParam(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError('usage', `--param takes name=value, not ${text}.`, 'Write --param door=stream.');
  return [text.slice(0, at), text.slice(at + 1)];
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
