import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../workspace-services.ts';
import type { WrittenCommand } from '../markdown/written-commands.ts';
import { problemOfCompose, problemOfFramework, problemOfPluginCommand } from './framework-commands.ts';
import { problemOfInstall } from './install-commands.ts';
import { problemOfLamplighter } from './lamplighter-commands.ts';
import { problemOfNode } from './node-commands.ts';
import { problemOfScript } from './package-scripts.ts';

/** What is wrong with a command; nothing where it does what the document says. */
export type Verify = (command: WrittenCommand) => string | undefined | Promise<string | undefined>;

/** What the AWS CLI is told is tried by `pnpm referee`, against the sandbox with every stack. */
const triedByReferee: Verify = ({ words }) => (words.length < 3 ? 'aws takes a service and an operation' : undefined);

/** What is copied has to be there; a file that is made by an earlier command is not copied on. */
const problemOfCopy: Verify = ({ folder, words }) =>
  words.length === 3 && existsSync(join(REPOSITORY, folder, words[1] ?? '')) ? undefined : 'there is nothing to copy';

const VERIFIERS: Readonly<Record<string, Verify>> = {
  aws: triedByReferee,
  cp: problemOfCopy,
  export: ({ words }) =>
    /^(PATH=\$PWD\/node_modules\/\.bin:\$PATH|AWS_REGION=[a-z]+(-[a-z]+)+-\d)$/.test(words[1] ?? '')
      ? undefined
      : 'not known',
  lamplighter: ({ words }) => problemOfLamplighter(words.slice(1)),
  npm: problemOfInstall,
  pnpm: problemOfScript,
  serverless: problemOfPluginCommand,
  sls: problemOfFramework,
  oslsc: problemOfCompose,
};

/** What is wrong with a command, with its place; a command that nobody knows how to verify is a problem as well. */
export async function problemOfCommand(command: WrittenCommand): Promise<string | undefined> {
  const problem = existsSync(join(REPOSITORY, command.folder))
    ? await verify(command)
    : `there is no folder ${command.folder}`;
  return problem && `${command.place}: ${command.words.join(' ')}: ${problem}`;
}

function verify(command: WrittenCommand): ReturnType<Verify> {
  const words = withoutNpx(command.words.filter((word, index) => index > 0 || !/^[A-Z_]+=/.test(word)));
  const program = words[0] ?? '';
  if (program.endsWith('node_modules/.bin/node')) return problemOfNode({ ...command, words });
  const known = VERIFIERS[program];
  if (known !== undefined) return known({ ...command, words });
  return existsSync(join(REPOSITORY, command.folder, program)) ? undefined : 'no test and no referee knows it';
}

/** `npx -y pnpm@10 x` is `pnpm x`; `npx sls x` is `sls x`. */
function withoutNpx(words: readonly string[]): readonly string[] {
  if (words[0] !== 'npx') return words;
  const [program = '', ...rest] = words.slice(words[1] === '-y' ? 2 : 1);
  return [program.replace(/@\d+$/, ''), ...rest];
}
