import { existsSync, readFileSync } from 'node:fs';
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
const triedByReferee: Verify = ({ words }) => {
  if (words.length < 3) return 'aws takes a service and an operation';
  return words.slice(1, 3).join(' ') === 'lambda invoke' ? problemOfInvoke(words.slice(3)) : undefined;
};

/** The CLI wants a file for the answer, and reads a payload as base64 unless it is told otherwise. */
function problemOfInvoke(words: readonly string[]): string | undefined {
  const isRaw = words.join(' ').includes('--cli-binary-format raw-in-base64-out');
  if (words.includes('--payload') && !isRaw) return 'a payload is base64 without --cli-binary-format raw-in-base64-out';
  return words.length % 2 === 1 ? undefined : 'there is no file for the answer';
}

/** A signed request of the console's API, to a route that it has. */
const problemOfSignedRequest: Verify = ({ words }) => {
  const route = /^\$API(\/api\/[a-z-]+)$/.exec(words.at(-1) ?? '')?.[1];
  if (words[1] !== '--aws-sigv4' || route === undefined) return 'not a signed request of the console';
  const routes = readFileSync(join(REPOSITORY, 'services/console/src/api/routes.ts'), 'utf8');
  return routes.includes(` ${route}'`) ? undefined : `the console has no ${route}`;
};

/** What is copied has to be there; a file that is made by an earlier command is not copied on. */
const problemOfCopy: Verify = ({ folder, words }) =>
  words.length === 3 && existsSync(join(REPOSITORY, folder, words[1] ?? '')) ? undefined : 'there is nothing to copy';

const VERIFIERS: Readonly<Record<string, Verify>> = {
  aws: triedByReferee,
  cp: problemOfCopy,
  curl: problemOfSignedRequest,
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
