import { userInfo } from 'node:os';
import type { RemediationsAnswer, RemediationsQuery } from '@lamplighter/contracts';
import { Argument, type Command } from 'commander';
import { type DeploymentOptions, onlyDeployed, withDeployment } from '../deployment/with-deployment.ts';
import { EXIT } from '../program-error.ts';
import { askRepairs } from '../repairs/ask-repairs.ts';
import { renderRepair, renderRepairs } from '../repairs/render-repairs.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface DecisionOptions extends DeploymentOptions {
  readonly by?: string;
}

/** Adds `repairs`, `approve`, `decline` and `kill-switch` to the program. */
export function addRepairs(program: Command, context: CommandContext): void {
  const add = (name: string, description: string) =>
    inDeployment(program.command(name).description(description), 'remediation');
  add('repairs', 'repairs of a deployment, newest first; of one, its evidence, cost, undoing and patch')
    .argument('[repair-id]', 'its id, as the list shows it')
    .action((id: string | undefined, options: DeploymentOptions) => repairsCommand(id, options, context));
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
async function repairsCommand(id: string | undefined, options: DeploymentOptions, context: CommandContext) {
  const answer = await ask(
    id === undefined ? { kind: 'recent' } : { kind: 'by-id', remediationId: id },
    options,
    context,
  );
  show(answer, id, options, context);
}

/** `lamplighter approve`, `lamplighter decline`: a person's decision on a repair that waits. */
async function decideCommand(
  id: string,
  decision: 'approve' | 'decline',
  options: DecisionOptions,
  context: CommandContext,
) {
  const answer = await ask({ kind: 'decide', remediationId: id, decision, by: nameOf(options) }, options, context);
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
      : { kind: 'set-kill-switch', isOn: position === 'on', by: nameOf(options) };
  show(await ask(query, options, context), undefined, options, context);
}

const nameOf = ({ by }: DecisionOptions): string => by ?? userInfo().username;

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
  else if (answer.kind === 'remediations') terminal.out(renderRepairs(answer.remediations, paint));
  else if (answer.kind === 'remediation') terminal.out(renderRepair(answer.remediation, paint, answer.executionArn));
  else if (answer.kind === 'guardrails')
    terminal.out(answer.isKilled ? 'on: nothing is repaired\n' : 'off: repairs go on as the guardrails let them\n');
}
