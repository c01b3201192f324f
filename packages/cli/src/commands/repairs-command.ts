import type { RemediationsAnswer, RemediationsQuery } from '@lamplighter/contracts';
import { Argument, type Command } from 'commander';
import { COMMAND } from '../command-name.ts';
import { personOf } from '../deployment/person.ts';
import { type DeploymentOptions, onlyDeployed, placeOf, withDeployment } from '../deployment/with-deployment.ts';
import { readUpTo } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { askRepairs } from '../repairs/ask-repairs.ts';
import { listRepairs } from '../repairs/list-repairs.ts';
import { renderRepair, renderRepairs } from '../repairs/render-repairs.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface DecisionOptions extends DeploymentOptions {
  readonly by?: string;
}

interface RepairsOptions extends DeploymentOptions {
  readonly limit?: number;
}

/** Repairs that are shown where nobody says how many, and the most that the service answers. */
const USUAL = 50;
const MOST = 200;

/** Adds `repairs`, `approve`, `decline` and `kill-switch` to the program. */
export function addRepairs(program: Command, context: CommandContext): void {
  const add = (name: string, description: string) =>
    inDeployment(program.command(name).description(description), 'remediation');
  add(
    'repairs',
    'repairs of a deployment: those that wait for a person, then the newest; of one, its evidence, cost, undoing and patch',
  )
    .argument('[repair-id]', 'its id, as the list shows it')
    .option('--limit <n>', `most of those that do not wait for a person (${USUAL}, at most ${MOST})`, readUpTo(MOST))
    .action((id: string | undefined, options: RepairsOptions) => repairsCommand(id, options, context));
  for (const decision of ['approve', 'decline'] as const)
    add(decision, `${decision} a repair that waits for it`)
      .argument('<repair-id>', 'its id, as `lamplighter repairs` shows it')
      .option('--by <person>', 'who decides; the user of this machine where absent')
      .action((id: string, options: DecisionOptions) => decideCommand(id, decision, options, context));
  add('kill-switch', 'stop all repairs before their next step, or let them go on')
    .addArgument(new Argument('[position]', 'where absent, only tells').choices(['on', 'off']))
    .option('--by <person>', 'who turns it; the user of this machine where absent')
    .action((position: 'on' | 'off' | undefined, options: DecisionOptions) =>
      killSwitchCommand(position, options, context),
    );
}

/** `lamplighter repairs`: what the agents did, want to do and undid, or one repair. */
async function repairsCommand(id: string | undefined, options: RepairsOptions, context: CommandContext) {
  if (id !== undefined)
    return show(await ask({ kind: 'by-id', remediationId: id }, options, context), id, options, context);
  const { limit = USUAL, json } = options;
  const answer = await ask({ kind: 'overview', limit }, options, context);
  if (answer.kind !== 'overview') return;
  const listed = listRepairs(answer, limit);
  const { terminal } = context;
  const paint = paintFor(terminal, terminal.isOutTty);
  terminal.out(
    json
      ? `${JSON.stringify({ kind: 'remediations', ...listed })}\n`
      : renderRepairs(listed.remediations, paint, lineWidth(terminal)),
  );
  const [first] = listed.remediations;
  if (first !== undefined && !json)
    terminal.out(
      `${paint('dim', 'why, what it costs and how it is undone:')} ${COMMAND} repairs ${escapeText(first.remediationId)}${placeOf(options)}\n`,
    );
  if (listed.isCut)
    terminal.err(
      `Those that wait for a person are all here; of the others the newest ${limit}${limit < MOST ? ': more with --limit' : ''}.\n`,
    );
  if (answer.isKilled) terminal.err('The kill switch is on: nothing is repaired.\n');
}

/** `lamplighter approve`, `lamplighter decline`: a person's decision on a repair that waits. */
async function decideCommand(
  id: string,
  decision: 'approve' | 'decline',
  options: DecisionOptions,
  context: CommandContext,
) {
  const answer = await ask({ kind: 'decide', remediationId: id, decision, by: personOf(options.by) }, options, context);
  show(answer, id, options, context);
}

/** `lamplighter kill-switch`: tells where it stands, or turns it. */
async function killSwitchCommand(
  position: 'on' | 'off' | undefined,
  options: DecisionOptions,
  context: CommandContext,
) {
  const query: RemediationsQuery =
    position === undefined
      ? { kind: 'guardrails' }
      : { kind: 'set-kill-switch', isOn: position === 'on', by: personOf(options.by) };
  show(await ask(query, options, context), undefined, options, context);
}

const ask = (query: RemediationsQuery, options: DeploymentOptions, { terminal }: CommandContext) =>
  withDeployment(options, terminal, {
    named: (deployment) => askRepairs(deployment, query),
    unnamed: onlyDeployed('Repairs'),
  });

function show(
  answer: RemediationsAnswer,
  id: string | undefined,
  { json }: DeploymentOptions,
  { terminal, exit }: CommandContext,
): void {
  const paint = paintFor(terminal, terminal.isOutTty);
  if (answer.kind === 'not-found') {
    terminal.err(`${escapeText(`There is no repair ${id}.`)}\n`);
    exit(EXIT.notThere);
  } else if (json) terminal.out(`${JSON.stringify(answer)}\n`);
  else if (answer.kind === 'remediation')
    terminal.out(
      renderRepair(answer.remediation, paint, {
        width: lineWidth(terminal),
        ...(answer.executionArn && { executionArn: answer.executionArn }),
      }),
    );
  else if (answer.kind === 'guardrails')
    terminal.out(answer.isKilled ? 'on: nothing is repaired\n' : 'off: repairs go on as the guardrails let them\n');
}
