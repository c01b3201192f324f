import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from '../../workspace-services.ts';
import type { WrittenCommand } from '../markdown/written-commands.ts';

const COMMANDS = ['deploy', 'deploy list', 'info', 'package', 'remove', 'rollback'];

/** What is wrong with `sls COMMAND` in a service's folder: command, option or parameter of which nobody knows. */
export function problemOfFramework({ folder, words }: WrittenCommand): string | undefined {
  if (!existsSync(join(REPOSITORY, folder, 'serverless.yml'))) return `${folder || 'the root'} is no service`;
  const { commands, options } = split(words.slice(1));
  if (!COMMANDS.includes(commands.join(' '))) return `${commands.join(' ')} is not a command that these documents use`;
  const unknown = options.find(([name]) => !['stage', 'region', 'param', 'timestamp'].includes(name));
  if (unknown !== undefined) return `there is no option --${unknown[0]}`;
  const params = paramsOf(folder);
  const wrong = options.find(([name, value]) => name === 'param' && !params.includes(value.split('=')[0] ?? ''));
  return wrong && `${folder} has no parameter ${wrong[1]}`;
}

/** What is wrong with `oslsc COMMAND`: it takes no region, and deploys what the compose file names. */
export function problemOfCompose({ folder, words }: WrittenCommand): string | undefined {
  if (folder !== '') return 'it runs in the root';
  const { commands, options } = split(words.slice(1));
  if (!['deploy', 'info', 'remove'].includes(commands.join(' '))) return `${commands.join(' ')} is not a command of it`;
  const unknown = options.find(([name]) => name !== 'stage');
  if (unknown !== undefined) return `there is no option --${unknown[0]}`;
  const compose = readYaml('serverless-compose.yml') as {
    readonly services: Record<string, { readonly path: string }>;
  };
  const missing = Object.values(compose.services).find(
    ({ path }) => !existsSync(join(REPOSITORY, path, 'serverless.yml')),
  );
  return missing && `there is no service at ${missing.path}`;
}

/** What is wrong with a command of the plugin, in somebody else's service. */
export function problemOfPluginCommand({ words }: WrittenCommand): string | undefined {
  const { commands } = split(words.slice(1));
  return commands.join(' ') === 'lamplighter coverage' ? undefined : 'the plugin has no such command';
}

/** Names of `params.default`: what a deploy may be given. */
export function paramsOf(folder: string): readonly string[] {
  const service = readYaml(join(folder, 'serverless.yml')) as { readonly params?: { readonly default?: object } };
  return Object.keys(service.params?.default ?? {});
}

/** Intrinsic functions (`!Ref`) are kept as texts: only names are asked for. */
const readYaml = (path: string): unknown => parse(readFileSync(join(REPOSITORY, path), 'utf8'), { logLevel: 'silent' });

function split(words: readonly string[]): {
  readonly commands: readonly string[];
  readonly options: readonly (readonly [string, string])[];
} {
  const first = words.findIndex((word) => word.startsWith('--'));
  const commands = first < 0 ? words : words.slice(0, first);
  const rest = first < 0 ? [] : words.slice(first);
  const options = rest.flatMap((word, at) =>
    word.startsWith('--') ? [[word.slice(2), rest[at + 1] ?? ''] as const] : [],
  );
  return { commands, options };
}
