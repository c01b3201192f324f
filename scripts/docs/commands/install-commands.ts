import { basename } from 'node:path';
import plugin from '../../../packages/serverless-plugin/package.json' with { type: 'json' };
import type { WrittenCommand } from '../markdown/written-commands.ts';

/**
 * What is wrong with `npm install …`: it has to install the plugin's packed file, of this version, as the plugin's own test does. By name
 * it would come from a registry, where it is not, and where somebody else may take the name.
 */
export function problemOfInstall({ words }: WrittenCommand): string | undefined {
  const file = words[3] ?? '';
  const isInstall = words.slice(0, 3).join(' ') === 'npm install --save-dev' && words.length === 4;
  if (isInstall && file.includes('/') && basename(file) === `${plugin.name}-${plugin.version}.tgz`) return undefined;
  return `not the packed ${plugin.name} of version ${plugin.version}`;
}
