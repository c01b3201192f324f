import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Exemption, Template } from '@lamplighter/coverage';
import { InputError } from '../input-error.ts';
import { readExemptions } from './read-exemptions.ts';

const TEMPLATE = 'cloudformation-template-update-stack.json';
const STATE = 'serverless-state.json';

export interface CoverageInput {
  readonly template: Template;
  /** The owner's own, under `custom.lamplighter` of the service, and those of the file that was named. */
  readonly exemptions: readonly Exemption[];
  readonly accountWatched: boolean;
  readonly hasPlugin: boolean;
  readonly minimumCoveragePct?: number;
}

/** Reads what was packaged, with what its owner says about coverage. Throws `InputError` for what cannot be read. */
export async function readCoverageInput(
  packageDir: string,
  serviceDir: string,
  exemptionsFile?: string,
): Promise<CoverageInput> {
  const template = (await readJson(join(packageDir, TEMPLATE))) as Template;
  if (typeof template !== 'object' || template === null || typeof template.Resources !== 'object')
    throw new InputError('not-packaged', `${join(packageDir, TEMPLATE)} is no template.`, 'Package the service again.');
  const state = (existsSync(join(packageDir, STATE)) ? await readJson(join(packageDir, STATE)) : {}) as {
    readonly service?: {
      readonly plugins?: unknown;
      readonly custom?: { readonly lamplighter?: Readonly<Record<string, unknown>> };
    };
  };
  const options = state.service?.custom?.lamplighter ?? {};
  const listed = exemptionsFile === undefined ? undefined : await readJson(exemptionsFile);
  const { minimumCoveragePct: minimum } = options;
  return {
    template,
    accountWatched: options.accountWatched === true,
    hasPlugin: JSON.stringify(state.service?.plugins ?? []).includes('"serverless-lamplighter"'),
    ...(typeof minimum === 'number' ? { minimumCoveragePct: minimum } : {}),
    exemptions: [
      ...readExemptions(options.exemptions, 'custom.lamplighter.exemptions'),
      ...readExemptions(listed, exemptionsFile ?? '', basename(serviceDir)),
    ],
  };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new InputError('missing-file', `${path} cannot be read.`, 'Check the name.', { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError('unreadable-json', `${path} is no JSON.`, 'Package the service again, or mend the file.', {
      cause,
    });
  }
}
