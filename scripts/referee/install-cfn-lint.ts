import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../workspace-services.ts';
import { runProgram } from './run-program.ts';

/** Pinned: another version finds other things. */
const VERSION = '1.58.0';

/** The cfn-lint of this repository's own virtual environment, installed from PyPI where it is missing; or why there is none. */
export async function installCfnLint(): Promise<{ readonly program: string } | { readonly reason: string }> {
  const folder = join(REPOSITORY, '.lamplighter', 'referee');
  const program = join(folder, 'bin', 'cfn-lint');
  if (existsSync(program)) {
    const { stdout } = await runProgram(program, ['--version']);
    if (stdout.trim().endsWith(VERSION)) return { program };
  }
  await rm(folder, { recursive: true, force: true });
  const environment = await runProgram('python3', ['-m', 'venv', folder]);
  if (environment.exitCode !== 0) return { reason: `no virtual environment of Python: ${lastLine(environment)}` };
  const pip = ['-m', 'pip', 'install', '--quiet', '--retries', '1', '--timeout', '30', `cfn-lint==${VERSION}`];
  const installed = await runProgram(join(folder, 'bin', 'python'), pip);
  return installed.exitCode === 0
    ? { program }
    : { reason: `cfn-lint ${VERSION} cannot be had from PyPI: ${lastLine(installed)}` };
}

function lastLine({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? '';
}
