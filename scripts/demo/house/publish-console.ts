import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { REPOSITORY } from '../../workspace-services.ts';
import type { House } from './house.ts';

const COMMAND = join(REPOSITORY, 'services/console/src/publish/publish-page.ts');

/** Publishes the console's page by its own command, and gives the address under which a browser on this machine finds it. */
export async function publishConsole({ sandbox, stacks }: House): Promise<string> {
  const { outputs } = stacks.get('console')!;
  const child = spawn(
    process.execPath,
    [COMMAND, '--bucket', String(outputs.PageBucketName), '--region', sandbox.region],
    {
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL: sandbox.endpoint,
        AWS_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: sandbox.credentials.secretAccessKey,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (exitCode !== 0) throw new Error(`The console's page is not published: ${said}`);
  // `*.localhost` is this machine for every browser (RFC 6761).
  const host = new URL(String(outputs.PageUrl)).hostname.replace(/\.net$/, '.localhost');
  return `http://${host}:${new URL(sandbox.endpoint).port}/`;
}
