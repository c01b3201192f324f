import { Sandbox, type Stack } from '@lamplighter/sandbox';
import { COMMAND } from '../command-name.ts';
import { type Door, packageStacks } from '../stacks/package-stacks.ts';
import { noteRunning } from '../stacks/running-sandbox.ts';
import { type Paint, paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';

export interface UpCommandOptions {
  readonly port: number;
  readonly stage: string;
  readonly region: string;
  readonly door: Door;
}

/** `lamplighter up`: the sandbox with every stack on a port, until the user stops it. */
export async function upCommand(options: UpCommandOptions, { terminal }: CommandContext): Promise<void> {
  const progress = createProgress(terminal);
  // The port first: whoever has to choose another one should not wait for the packaging.
  const sandbox = await Sandbox.start({ port: options.port, region: options.region });
  const stacks: Stack[] = [];
  let forget: () => Promise<void> = async () => {};
  try {
    for (const { directory, service } of await packageStacks(options, progress)) {
      progress.update(`deploying ${service}`);
      stacks.push(await sandbox.deploy(directory));
    }
    await sandbox.idle();
    progress.stop();
    const { endpoint, region, credentials } = sandbox;
    forget = await noteRunning({ endpoint, region, stage: options.stage, credentials });
    terminal.out(describe(sandbox, stacks, options, paintFor(terminal, terminal.isOutTty)));
    await terminal.interrupted();
  } finally {
    progress.stop();
    await forget();
    await sandbox.stop();
  }
  terminal.out('stopped\n');
}

function describe(sandbox: Sandbox, stacks: readonly Stack[], { stage }: UpCommandOptions, paint: Paint): string {
  const { endpoint, region, credentials } = sandbox;
  return [
    `${paint('bold', 'Lamplighter is up')} at ${paint('cyan', endpoint)}`,
    '',
    `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    '',
    ...stacks.flatMap((stack) => describeStack(stack, paint)),
    paint('bold', 'Try'),
    `  aws --endpoint-url ${endpoint} logs create-log-group --log-group-name /aws/lambda/hello   ${paint('dim', '# is subscribed by itself')}`,
    `  aws --endpoint-url ${endpoint} logs filter-log-events --log-group-name /aws/lambda/lamplighter-ingestion-${stage}-subscribe-log-group`,
    `  ${COMMAND} audit --endpoint ${endpoint} REQUEST_ID`,
    '',
    paint('dim', 'Ctrl-C stops it.'),
    '',
  ].join('\n');
}

/** A stack's resources by type: those with a name of their own by it. */
function describeStack(stack: Stack, paint: Paint): readonly string[] {
  const byType = Map.groupBy(Object.values(stack.resources), ({ type }) => type);
  const rows = [...byType]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([type, resources]) =>
        `  ${paint('dim', type.replace(/^AWS::/, '').padEnd(34))}${resources.map(({ physicalId }) => shortName(physicalId)).join(', ')}`,
    );
  return [
    `${paint('bold', stack.name)} ${paint('dim', `${Object.keys(stack.resources).length} resources`)}`,
    ...rows,
    '',
  ];
}

/** The last part of an ARN or of a URL. */
function shortName(physicalId: string): string {
  return physicalId.startsWith('arn:') || physicalId.startsWith('http')
    ? (physicalId.split(/[/:]/).at(-1) ?? physicalId)
    : physicalId;
}
