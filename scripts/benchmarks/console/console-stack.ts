import { join } from 'node:path';
import { publishPage } from '../../../packages/cli/src/index.ts';
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
  const stack = await sandbox.deploy(packages.at(-1)!.directory);
  return {
    sandbox,
    pageUrl: await publishPage(sandbox, stack),
    edgeUrl: `${sandbox.endpoint}/_cdn/${String(stack.resources.Distribution?.physicalId)}`,
    stop: () => sandbox.stop(),
  };
}
