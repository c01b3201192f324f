import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Deployment } from './stack.ts';
import type { Template } from './template.ts';

const TEMPLATE_FILE = 'cloudformation-template-update-stack.json';
const STATE_FILE = 'serverless-state.json';

/** A directory is not one that `sls package` wrote. */
export class NotPackagedError extends Error {
  readonly code = 'NOT_PACKAGED';

  constructor(directory: string, options: ErrorOptions) {
    super(`${directory} holds no ${TEMPLATE_FILE}: run \`sls package\` there first.`, options);
    this.name = 'NotPackagedError';
  }
}

/**
 * Reads what `sls package` wrote, from a service directory or from the package directory itself. The stack is named
 * `<service>-<stage>`, as `sls deploy` names it, unless `stackName` says otherwise. Throws {@link NotPackagedError}.
 */
export async function readPackagedService(directory: string, stackName?: string): Promise<Deployment> {
  const packaged = await findPackage(directory);
  return {
    template: packaged.template,
    stackName: stackName ?? (await defaultStackName(packaged.directory)),
    artifact: async (fileName) => readFile(path.join(packaged.directory, fileName)),
  };
}

async function findPackage(directory: string): Promise<{ directory: string; template: Template }> {
  let missing: unknown;
  for (const candidate of [path.join(directory, '.serverless'), directory]) {
    try {
      const template = JSON.parse(await readFile(path.join(candidate, TEMPLATE_FILE), 'utf8')) as Template;
      return { directory: candidate, template };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      missing = error;
    }
  }
  throw new NotPackagedError(directory, { cause: missing });
}

interface ServerlessState {
  readonly service: {
    readonly service: string;
    readonly provider: { readonly stage?: string; readonly stackName?: string };
  };
}

async function defaultStackName(directory: string): Promise<string> {
  const state = JSON.parse(await readFile(path.join(directory, STATE_FILE), 'utf8')) as ServerlessState;
  const { service, provider } = state.service;
  return provider.stackName ?? `${service}-${provider.stage ?? 'dev'}`;
}
