import { runProgram } from '../run-program.ts';

/** On the path, then where Debian's package `awscli` puts it: a version 1 from elsewhere may stand in front. */
const CANDIDATES = ['aws', '/usr/bin/aws'];

/** The AWS CLI of this machine; or why there is none. Version 1 has no `logs tail`. */
export async function findAwsCli(): Promise<
  { readonly program: string; readonly version: string } | { readonly reason: string }
> {
  let reason = 'the AWS CLI is not installed (Debian: apt-get install awscli)';
  for (const program of CANDIDATES) {
    const { stdout } = await runProgram(program, ['--version']);
    const version = /^aws-cli\/(\S+)/.exec(stdout)?.[1];
    if (version?.startsWith('2.')) return { program, version };
    if (version) reason = `the AWS CLI is version ${version}; version 2 is needed`;
  }
  return { reason };
}
