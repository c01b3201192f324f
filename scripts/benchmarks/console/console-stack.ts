import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Sandbox, type Template } from '../../../packages/sandbox/src/index.ts';
import { packageServices } from '../../../packages/sandbox/src/packaging/index.ts';
import { REPOSITORY } from '../../workspace-services.ts';

export interface ConsoleStack {
  readonly sandbox: Sandbox;
  /** Through CloudFront, as a browser asks. */
  readonly pageUrl: string;
  /** The same by a path, for Node, which does not resolve names below localhost everywhere. */
  readonly edgeUrl: string;
  stop(): Promise<void>;
}

/** Services and the console as packaged, in a sandbox on the machine's own clock, with the page published by its command. */
export async function startConsoleStack(
  services: readonly string[],
  others: readonly { readonly stackName: string; readonly template: Template }[] = [],
): Promise<ConsoleStack> {
  const packages = await packageServices(
    [...services, 'console'].map((name) => ({
      stage: 'dev',
      region: 'us-east-1',
      serviceDir: join(REPOSITORY, 'services', name),
      ...(name === 'ingestion' && { params: { door: 'direct' } }),
      ...(name === 'console' && { params: { signIn: 'local' } }),
    })),
  );
  const sandbox = await Sandbox.start();
  const artifact = () => Promise.reject(new Error('its code stands in the template'));
  for (const other of others) await sandbox.deployTemplate({ ...other, artifact });
  for (const { directory } of packages.slice(0, -1)) await sandbox.deploy(directory);
  const { outputs, resources } = await sandbox.deploy(packages.at(-1)!.directory);
  await publishPage(sandbox, String(outputs.PageBucketName));
  const { port } = new URL(sandbox.endpoint);
  return {
    sandbox,
    pageUrl: `http://${new URL(String(outputs.PageUrl)).hostname.replace('.net', '.localhost')}:${port}/`,
    edgeUrl: `${sandbox.endpoint}/_cdn/${String(resources.Distribution?.physicalId)}`,
    stop: () => sandbox.stop(),
  };
}

async function publishPage({ endpoint, credentials, region }: Sandbox, bucket: string): Promise<void> {
  const script = join(REPOSITORY, 'services/console/src/publish/publish-page.ts');
  const child = spawn(process.execPath, [script, '--bucket', bucket, '--region', region], {
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`publish-page ended with ${exitCode}.`);
}
