import { Sandbox, type Stack } from '@lamplighter/sandbox';
import type { Command } from 'commander';
import { readPort } from '../option-values.ts';
import { describeHouse } from '../stacks/describe-house.ts';
import { type Door, EVERY_STACK, packageStacks } from '../stacks/package-stacks.ts';
import { publishPage } from '../stacks/publish-page.ts';
import { noteRunning } from '../stacks/running-sandbox.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';
import { doorOption } from './options.ts';

interface UpCommandOptions {
  readonly port: number;
  readonly stage: string;
  readonly region: string;
  readonly door: Door;
  readonly resources?: true;
}

/** Adds `up` to the program. */
export function addUp(program: Command, context: CommandContext): void {
  program
    .command('up')
    .description('the sandbox with every stack, on a port, until Ctrl-C')
    .option('--port <port>', 'port on 127.0.0.1', readPort, 4566)
    .option('--stage <stage>', 'stage to deploy', 'dev')
    .option('--region <region>', 'region to pretend', 'us-east-1')
    .addOption(doorOption())
    .option('--resources', 'list the resources of every stack')
    .action((options: UpCommandOptions) => upCommand(options, context));
}

/** `lamplighter up`: the sandbox with every stack on a port, until the user stops it. */
async function upCommand(options: UpCommandOptions, { terminal }: CommandContext): Promise<void> {
  const progress = createProgress(terminal);
  // The port first: whoever has to choose another one should not wait for the packaging.
  const sandbox = await Sandbox.start({ port: options.port, region: options.region });
  const stacks = new Map<string, Stack>();
  let forget: () => Promise<void> = async () => {};
  try {
    const packaged = await packageStacks(options, progress, EVERY_STACK);
    for (const [at, { directory, service }] of packaged.entries()) {
      progress.update(`deploying ${service}`);
      stacks.set(EVERY_STACK[at]!, await sandbox.deploy(directory));
    }
    progress.update('publishing the console');
    const pageUrl = await publishPage(sandbox, stacks.get('console')!);
    await sandbox.idle();
    progress.stop();
    const { endpoint, region, credentials } = sandbox;
    const { stage } = options;
    forget = await noteRunning({ endpoint, region, stage, credentials });
    const house = { sandbox, stacks: [...stacks.values()], stage, pageUrl };
    terminal.out(describeHouse(house, paintFor(terminal, terminal.isOutTty), options.resources === true));
    await terminal.interrupted();
  } finally {
    progress.stop();
    await forget();
    await sandbox.stop();
  }
  terminal.out('stopped\n');
}
