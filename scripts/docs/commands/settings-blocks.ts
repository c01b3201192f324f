import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LamplighterOptions } from '../../../packages/serverless-plugin/src/options/lamplighter-options.ts';
import { REPOSITORY } from '../../workspace-services.ts';
import type { Document } from '../markdown/documents.ts';
import { paramsOf } from './framework-commands.ts';

/** Keys of a `serverless.yml` that the plugin's pages show around its own. */
const OF_THE_FRAMEWORK = ['plugins', 'service', 'provider', 'functions', 'resources'];

/** What is wrong with the settings in a document's blocks of YAML: of a stage (by service), or of the plugin (`custom.lamplighter`). */
export function problemsOfSettings({ path, text }: Document): readonly string[] {
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = '']) => parse(block) as object);
  return blocks
    .flatMap((block) => Object.entries(block).flatMap(problemsOfKey))
    .map((problem) => `${path}: ${problem}`);
}

function problemsOfKey([key, value]: [string, unknown]): readonly string[] {
  if (key === 'region' || OF_THE_FRAMEWORK.includes(key)) return [];
  if (key === 'custom') return problemsOfPlugin(value as { readonly lamplighter?: object });
  if (!existsSync(join(REPOSITORY, 'services', key))) return [`nobody reads ${key}`];
  const known = paramsOf(join('services', key));
  return Object.keys(value as object)
    .filter((name) => !known.includes(name))
    .map((name) => `${key} has no parameter ${name}`);
}

function problemsOfPlugin({ lamplighter = {} }: { readonly lamplighter?: object }): readonly string[] {
  return Object.keys(lamplighter)
    .filter((name) => !(name in LamplighterOptions.shape))
    .map((name) => `the plugin has no option ${name}`);
}
