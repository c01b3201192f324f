import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sandbox, Stack } from '@lamplighter/sandbox';
import { workspaceRoot } from './package-stacks.ts';

const run = promisify(execFile);

/** Publishes the console's page by its own command, as after any deployment; gives the address under which a browser of this machine finds it. */
export async function publishPage(sandbox: Sandbox, { outputs }: Stack): Promise<string> {
  const command = join(workspaceRoot(), 'services', 'console', 'src', 'publish', 'publish-page.ts');
  const { endpoint, region, credentials } = sandbox;
  await run(process.execPath, [command, '--bucket', outputs.PageBucketName ?? '', '--region', region], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  // The page asks for paths from its root. `*.localhost` is this machine for every browser (RFC 6761).
  const host = new URL(outputs.PageUrl ?? '').hostname.replace(/\.net$/, '.localhost');
  return `http://${host}:${new URL(endpoint).port}/`;
}
