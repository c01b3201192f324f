import type { Finding } from '@lamplighter/contracts';
import { explain, summarise } from '@lamplighter/diagnosis';
import { openAudit, openDeployment } from '../audit/audit-place.ts';
import type { AuditSource } from '../audit/audit-source.ts';
import { parseTimeArgument } from '../audit/time-argument.ts';
import { assessSource, watchedFunctions } from '../findings/assess-source.ts';
import { type DeployedFindings, deployedFindings } from '../findings/deployed-findings.ts';
import type { TimeRange } from '../findings/read-windows.ts';
import { InputError } from '../input-error.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { formatCount } from '../terminal/format-value.ts';
import type { CommandContext } from './command-context.ts';

export interface PlaceOptions {
  readonly endpoint?: string;
  readonly region?: string;
  readonly stage?: string;
  readonly since?: string;
  readonly until?: string;
  readonly json?: true;
}

export interface FindingsCommandOptions extends PlaceOptions {
  readonly function?: string;
}

const DAY_MS = 86_400_000;

/** `lamplighter findings`: what the minutes of the functions tell, a finding a line. */
export async function findingsCommand(options: FindingsCommandOptions, context: CommandContext): Promise<void> {
  const findings =
    (await fromDeployment(options, context, (deployed) =>
      deployed.list({ ...rangeOf(options, context), ...(options.function && { functionName: options.function }) }),
    )) ?? (await findAll(options, context));
  const { terminal } = context;
  if (options.json) terminal.out(`${JSON.stringify({ findings })}\n`);
  else terminal.out(`${[...findings.map(summarise), formatCount(findings.length, 'finding')].join('\n')}\n`);
}

/** `lamplighter explain`: one finding with its evidence, by its id or a part of it that no other id has. A deployment's is as it was found and told. */
export async function explainCommand(findingId: string, options: PlaceOptions, context: CommandContext): Promise<void> {
  const { terminal, exit } = context;
  const findings =
    (await fromDeployment(options, context, async (deployed) => {
      const known = await deployed.byId(findingId);
      return known === undefined ? deployed.list(rangeOf(options, context)) : [known];
    })) ?? (await findAll(options, context));
  const exact = findings.filter((each) => each.findingId === findingId);
  const [found, ...others] = exact.length > 0 ? exact : findings.filter((each) => each.findingId.includes(findingId));
  if (found === undefined) {
    terminal.err(`${escapeText(`No finding ${findingId}. See lamplighter findings.`)}\n`);
    return exit(EXIT.notThere);
  }
  if (others.length > 0)
    throw new InputError(
      'usage',
      `${findingId} names ${others.length + 1} findings.`,
      `Name one: ${[found, ...others]
        .slice(0, 5)
        .map((each) => each.findingId)
        .join(', ')}.`,
    );
  terminal.out(options.json ? `${JSON.stringify(found)}\n` : explain(found));
}

/** What the analysis service of a deployment answers; undefined where no deployment is named, or it has none. */
async function fromDeployment<T>(
  options: PlaceOptions,
  { terminal }: CommandContext,
  use: (deployed: DeployedFindings) => Promise<T>,
): Promise<T | undefined> {
  const deployment = await openDeployment({ ...options, env: terminal.env });
  if (deployment === undefined) return undefined;
  try {
    const deployed = await deployedFindings(deployment);
    if (deployed !== undefined) return await use(deployed);
    terminal.err('The analysis service is not deployed there: findings are worked out from the audit.\n');
    return undefined;
  } finally {
    deployment.client.destroy();
  }
}

function rangeOf(options: PlaceOptions, context: CommandContext): TimeRange {
  const { terminal } = context;
  return {
    since: timeOf('since', options, context) ?? terminal.now() - DAY_MS,
    until: timeOf('until', options, context) ?? terminal.now(),
  };
}

async function findAll(options: FindingsCommandOptions, context: CommandContext): Promise<Finding[]> {
  return withSource(options, context, async (source, range) => {
    const functions = await watchedFunctions(source, options.function);
    if (functions.length === 0 && options.function !== undefined)
      throw new InputError(
        'unknown-function',
        `There is no function ${options.function} in ${source.name}.`,
        'See lamplighter findings without --function.',
      );
    return assessSource(source, functions, range);
  });
}

/** Opens the audit that the options name; by default all of the last replay, or the last day of a deployment. */
export async function withSource<T>(
  options: PlaceOptions,
  context: CommandContext,
  use: (source: AuditSource, range: TimeRange) => Promise<T>,
): Promise<T> {
  const { terminal } = context;
  const { source, close } = await openAudit({ ...options, env: terminal.env });
  try {
    const isStored = source.name === 'the last replay';
    const since = timeOf('since', options, context) ?? (isStored ? 0 : terminal.now() - DAY_MS);
    const until = timeOf('until', options, context) ?? (isStored ? Number.MAX_SAFE_INTEGER : terminal.now());
    return await use(source, { since, until });
  } finally {
    close();
  }
}

function timeOf(name: 'since' | 'until', options: PlaceOptions, { terminal }: CommandContext): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const time = parseTimeArgument(text, terminal.now());
  if (time === undefined)
    throw new InputError('usage', `--${name} ${text} is no time.`, 'Use 2h, 2026-11-21, or 2026-11-21T09:00:00Z.');
  return time;
}
