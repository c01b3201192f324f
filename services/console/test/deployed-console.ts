import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deployFunction, OffsetClock, Sandbox, type SmallFunction, type Stack } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';

const SERVICES = join(import.meta.dirname, '../..');
const PUBLISH_PAGE = join(SERVICES, 'console/src/publish/publish-page.ts');

export interface DeployedOptions {
  /** Services that are deployed as packaged, in this order, before the console. */
  readonly services: readonly string[];
  /** Query functions that a script plays. */
  readonly standIns?: readonly SmallFunction[];
  readonly startMs: number;
  readonly params?: Readonly<Record<string, string>>;
  /** Whether the page is built and published too. */
  readonly withPage?: boolean;
  /** Of the console's template: a text that was not known yet when it was packaged, and what stands for it. */
  readonly replaced?: readonly [from: string, to: string];
}

/** A deployed console; nothing is left running where that fails. */
export async function startConsole(options: DeployedOptions) {
  const clock = new OffsetClock(options.startMs);
  const sandbox = await Sandbox.start({ clock });
  try {
    return await deployConsole(sandbox, clock, options);
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

/** The console and others as packaged, in a sandbox whose clock runs on from `startMs` at real speed and can be advanced. */
async function deployConsole(
  sandbox: Sandbox,
  clock: OffsetClock,
  { services, standIns = [], params = {}, withPage = false, replaced }: DeployedOptions,
) {
  const packages = await packageServices(
    [...services, 'console'].map((name) => ({
      stage: 'dev',
      region: 'us-east-1',
      serviceDir: join(SERVICES, name),
      ...(name === 'ingestion' && { params: { door: 'direct' } }),
      ...(name === 'console' && { params: { signIn: 'local', ...params } }),
    })),
  );
  const stacks: Stack[] = [];
  for (const { directory } of packages) {
    const isChanged = replaced !== undefined && directory === packages.at(-1)!.directory;
    stacks.push(await (isChanged ? deployReplaced(sandbox, directory, replaced) : sandbox.deploy(directory)));
  }
  for (const standIn of standIns) await deployFunction(sandbox, { timeoutS: 60, ...standIn });
  const stack = stacks.at(-1)!;
  if (withPage) await publishPage(sandbox, stack);
  const id = String(stack.resources.Distribution?.physicalId);
  return {
    sandbox,
    clock,
    stack,
    /** A host of its own, as a browser wants it. */
    pageUrl: sandbox.reachableByHost(String(stack.outputs.PageUrl)),
    /** The same through a path, for Node, which does not resolve names below localhost everywhere. */
    edgeUrl: `${sandbox.endpoint}/_cdn/${id}`,
    async settle(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    stop: () => sandbox.stop(),
  };
}
export type DeployedConsole = Awaited<ReturnType<typeof startConsole>>;

async function deployReplaced(
  sandbox: Sandbox,
  directory: string,
  [from, to]: readonly [string, string],
): Promise<Stack> {
  const template = await readFile(join(directory, 'cloudformation-template-update-stack.json'), 'utf8');
  return sandbox.deployTemplate({
    stackName: 'lamplighter-console-dev',
    template: JSON.parse(template.replaceAll(from, to)),
    artifact: (name) => readFile(join(directory, name)),
  });
}

/** Publishes the page as its owner does, by the command. */
async function publishPage({ environment }: Sandbox, { name }: Stack): Promise<void> {
  const env = { PATH: process.env.PATH, ...environment };
  await promisify(execFile)(process.execPath, [PUBLISH_PAGE, '--stack', name], { env });
}
