import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sandbox, Stack } from '@lamplighter/sandbox';
import { workspaceRoot } from './package-stacks.ts';

const run = promisify(execFile);

/** Publishes the console's page by its own command, as after any deployment; gives the address under which a browser of this machine finds it. */
export async function publishPage(sandbox: Sandbox, { name, outputs }: Stack): Promise<string> {
  const command = join(workspaceRoot(), 'services', 'console', 'src', 'publish', 'publish-page.ts');
  const env = { ...process.env, ...sandbox.environment };
  await run(process.execPath, [command, '--stack', name], { env });
  return sandbox.reachableByHost(outputs.PageUrl ?? '');
}
