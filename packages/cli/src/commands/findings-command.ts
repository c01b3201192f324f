import type { Finding } from '@lamplighter/contracts';
import { explain } from '@lamplighter/diagnosis';
import type { Command } from 'commander';
import { rangeOrLastDay, type TimeOptions } from '../audit/arguments/time-options.ts';
import { functionsThere, unknownFunction } from '../audit/functions-there.ts';
import { withAuditedRange } from '../audit/source/with-audit.ts';
import { type DeploymentOptions, placeOf, withDeployment } from '../deployment/with-deployment.ts';
import { assessSource, watchedFunctions } from '../findings/assess-source.ts';
import { changesAround } from '../findings/changes-around.ts';
import { type DeployedFindings, deployedFindings, type FindingsWanted } from '../findings/deployed-findings.ts';
import { renderChanges } from '../findings/render-changes.ts';
import { renderFindings } from '../findings/render-findings.ts';
import { InputError } from '../input-error.ts';
import { readFunctionName } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { repairsOf } from '../repairs/ask-repairs.ts';
import { renderDone } from '../repairs/render-repairs.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inTime } from './options.ts';

type ExplainCommandOptions = DeploymentOptions & TimeOptions;

interface FindingsCommandOptions extends DeploymentOptions, TimeOptions {
  readonly function?: string;
}

/** Wider sentences are no easier to read. */
const WIDEST = 100;

/** Adds `findings` and `explain` to the program. */
export function addFindings(program: Command, context: CommandContext): void {
  inTime(program.command('findings').description('what is going wrong in the functions, by default of the last replay'))
    .option('--function <name>', 'one function', readFunctionName)
    .action((options: FindingsCommandOptions) => findingsCommand(options, context));
  inTime(program.command('explain').description('one finding with its evidence and what to look at'))
    .argument('<finding-id>', 'its id, or a part that no other has')
    .action((findingId: string, options: ExplainCommandOptions) => explainCommand(findingId, options, context));
}

/** `lamplighter findings`: what the minutes of the functions tell, a finding a line. */
async function findingsCommand(options: FindingsCommandOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const deployed = await fromDeployment(options, context, (analysis, now) =>
    analysis.list({
      ...wantedRange(options, now),
      ...(options.function && { functionName: options.function }),
    }),
  );
  const { findings, cuts } = deployed ?? { findings: await findAll(options, context), cuts: [] };
  if (options.json) terminal.out(`${JSON.stringify({ findings })}\n`);
  else terminal.out(renderFindings(findings, lineWidth(terminal), placeOf(options)));
  for (const cut of cuts) terminal.err(`${cut}\n`);
}

/** `lamplighter explain`: one finding with its evidence, by its id or a part of it that no other id has. A deployment's is as it was found and told. */
async function explainCommand(
  findingId: string,
  options: ExplainCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal, exit } = context;
  const findings =
    (await fromDeployment(options, context, async (deployed, now) => {
      const known = await deployed.byId(findingId);
      if (known !== undefined) return [known];
      return (await deployed.list(wantedRange(options, now))).findings;
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
  const known = await withDeployment(options, terminal, {
    named: async (deployment) => ({
      repairs: await repairsOf(deployment, found.findingId),
      changes: await changesAround(deployment, found, terminal),
    }),
    unnamed: async () => undefined,
  });
  const paint = paintFor(terminal, terminal.isOutTty);
  if (options.json) terminal.out(`${JSON.stringify({ ...found, ...known })}\n`);
  else
    terminal.out(
      explain(asTyped(found, options), Math.min(WIDEST, lineWidth(terminal))) +
        renderChanges(known?.changes ?? [], { paint, near: found.openedAt }) +
        renderDone(known?.repairs ?? [], paint, placeOf(options)),
    );
}

/** The last day by default. Without `--until` nothing that is open is too new. */
function wantedRange(options: TimeOptions, now: number): Pick<FindingsWanted, 'since' | 'until'> {
  const { since, until } = rangeOrLastDay(options, now);
  return { since, ...(options.until !== undefined && { until }) };
}

/** What to look at, as commands for the deployment that was asked. */
function asTyped(finding: Finding, options: DeploymentOptions): Finding {
  const place = placeOf(options);
  return {
    ...finding,
    lookAt: finding.lookAt.map((one) =>
      one.command?.startsWith('pnpm lamplighter ') ? { ...one, command: `${one.command}${place}` } : one,
    ),
  };
}

/** What the analysis service of a deployment answers; undefined where no deployment is named, or it has none. */
function fromDeployment<T>(
  options: DeploymentOptions,
  { terminal }: CommandContext,
  use: (deployed: DeployedFindings, now: number) => Promise<T>,
): Promise<T | undefined> {
  return withDeployment(options, terminal, {
    named: async (deployment) => {
      const deployed = await deployedFindings(deployment);
      if (deployed !== undefined) return use(deployed, await deployment.now());
      terminal.err('The analysis service is not deployed there: findings are worked out from the audit.\n');
      return undefined;
    },
    unnamed: async () => undefined,
  });
}

function findAll(options: FindingsCommandOptions, { terminal }: CommandContext): Promise<Finding[]> {
  return withAuditedRange(options, terminal, async (source, range) => {
    const functions = await watchedFunctions(source, options.function);
    if (functions.length === 0 && options.function !== undefined)
      throw unknownFunction(options.function, source.name, await functionsThere(source));
    return assessSource(source, functions, range);
  });
}
