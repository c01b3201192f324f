import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { findWorkspaceRoot } from './find-workspace-root.ts';
import { offlineEnvironment } from './offline-environment.ts';
import type { PackageRequest } from './package-request.ts';

/** `sls package` refused a service: the message is the framework's own. */
export class PackagingError extends Error {
  override readonly name = 'PackagingError';
}

/** Runs `sls package` offline, with credentials that open nothing, into `outputDir`. Throws {@link PackagingError}. */
export async function runSlsPackage(request: PackageRequest, outputDir: string): Promise<void> {
  const params = Object.entries(request.params ?? {}).map(([name, value]) => `--param=${name}=${value}`);
  const args = ['package', '--stage', request.stage, '--region', request.region, '--package', outputDir, ...params];
  // serverless-esbuild leaves a folder behind for every function it zips.
  const scratch = await mkdtemp(join(tmpdir(), 'lamplighter-package-'));
  const child = spawn(process.execPath, [frameworkBinary(request.serviceDir), ...args], {
    cwd: request.serviceDir,
    env: { ...offlineEnvironment(), TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { exitCode, output } = await waitFor(child);
  await rm(scratch, { recursive: true, force: true });
  if (exitCode !== 0) throw new PackagingError(`${describe(request)} cannot be packaged: ${errorText(output)}`);
}

/** Where esbuild has failed, the framework reports it and then never ends: its report is the end. */
function waitFor(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const stop = (): boolean => child.kill('SIGKILL');
  process.once('exit', stop);
  let output = '';
  const collect = (text: string): void => {
    output += text;
    if (/^Error:\s*$/m.test(output) && /^Environment: .*\n/m.test(output)) stop();
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => {
      process.removeListener('exit', stop);
      resolve({ exitCode, output });
    });
  });
}

function describe(request: PackageRequest): string {
  return `${basename(request.serviceDir)} (stage ${request.stage}, ${request.region})`;
}

function frameworkBinary(serviceDir: string): string {
  const require = createRequire(join(findWorkspaceRoot(serviceDir), 'package.json'));
  return join(dirname(require.resolve('serverless/package.json')), 'bin', 'serverless.js');
}

/** What the framework says after `Error:`, without its stack and the description of the environment. */
function errorText(output: string): string {
  const [, afterError] = output.split(/^Error:\s*$/m);
  const said = (afterError ?? output).split(/^Environment: /m)[0] ?? '';
  const lines = said.split('\n').filter((line) => !/^ {4}at /.test(line));
  return (
    lines
      .join('\n')
      .replace(/^\s*Error: /, '')
      .trim() || 'sls package gave no reason'
  );
}
