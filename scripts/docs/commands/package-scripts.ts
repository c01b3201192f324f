import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listServiceFolders, REPOSITORY } from '../../workspace-services.ts';
import { isBeginningOfPath } from '../markdown/beginning-of-path.ts';
import type { WrittenCommand } from '../markdown/written-commands.ts';
import { problemOfLamplighter } from './lamplighter-commands.ts';
import { readsOption } from './reads-option.ts';

const OWN_COMMANDS = new Set(['install', 'pack']);

/** What is wrong with `pnpm …`: a script that is not there, or arguments that it would refuse. */
export function problemOfScript({
  folder,
  words,
}: WrittenCommand): ReturnType<typeof problemOfLamplighter> | string | undefined {
  const [, name = '', ...rest] = words;
  if (name === 'lamplighter') return problemOfLamplighter(rest);
  if (name === '--filter') return problemOfFiltered(rest);
  if (OWN_COMMANDS.has(name)) return undefined;
  if (scriptsOf(folder)[name] === undefined) return `package.json has no script ${name}`;
  return unknownOption(name, rest) ?? ARGUMENTS[name]?.(rest.filter((word) => !word.startsWith('--')));
}

/** Where the options of a script are read. Those of `test` are jest's. */
const OPTIONS_READ_IN: Readonly<Record<string, string>> = {
  bench: 'scripts/bench.ts',
  demo: 'scripts/demo/options.ts',
  package: 'scripts/package-services.ts',
  traffic: 'scripts/traffic.ts',
};

function unknownOption(script: string, words: readonly string[]): string | undefined {
  const file = OPTIONS_READ_IN[script];
  if (file === undefined) return undefined;
  const text = readFileSync(join(REPOSITORY, file), 'utf8');
  const unknown = words.find((word) => word.startsWith('--') && !readsOption(text, word));
  return unknown && `${file} reads no option ${unknown}`;
}

const isPlaceholder = (word: string): boolean => /^[A-Z]+(\.\.\.)?$/.test(word);

const ARGUMENTS: Readonly<Record<string, (words: readonly string[]) => string | undefined>> = {
  bench: ([name = '']) =>
    isPlaceholder(name) || readFileSync(join(REPOSITORY, 'scripts', 'bench.ts'), 'utf8').includes(`  '${name}',\n`)
      ? undefined
      : `there is no benchmark ${name}`,
  package: (names) => {
    const known = listServiceFolders().map((path) => path.split('/').at(-1));
    const unknown = names.find((name) => !isPlaceholder(name) && !/^<\w+>$/.test(name) && !known.includes(name));
    return unknown && `there is no service ${unknown}`;
  },
  test: (paths) => {
    const missing = paths.find((path) => !isPlaceholder(path) && !isBeginningOfPath(path));
    return missing && `there is nothing at ${missing}`;
  },
};

function problemOfFiltered([workspace = '', script = '']: readonly string[]): string | undefined {
  const folder = ['packages', 'services']
    .map((parent) => `${parent}/${workspace.replace(/^@lamplighter\/(service-)?/, '')}`)
    .find((path) => existsSync(join(REPOSITORY, path, 'package.json')));
  if (folder === undefined) return `there is no workspace ${workspace}`;
  return scriptsOf(folder)[script] === undefined ? `${workspace} has no script ${script}` : undefined;
}

function scriptsOf(folder: string): Readonly<Record<string, string | undefined>> {
  const text = readFileSync(join(REPOSITORY, folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly scripts?: Readonly<Record<string, string>> }).scripts ?? {};
}
