import type { AlertsAnswer, AlertsQuery } from '@lamplighter/contracts';
import { Argument, type Command } from 'commander';
import { askAlerts } from '../alerts/ask-alerts.ts';
import { type AlertsTopic, countedAs } from '../alerts/counted-as.ts';
import { renderAlerts, renderOnCall } from '../alerts/render-alerts.ts';
import { personOf } from '../deployment/person.ts';
import { type DeploymentOptions, onlyDeployed, withDeployment } from '../deployment/with-deployment.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface AcknowledgeCommandOptions extends DeploymentOptions {
  readonly by?: string;
}

/** Adds `alerts` and `acknowledge` to the program. */
export function addAlerts(program: Command, context: CommandContext): void {
  const topic = new Argument('[topic]', 'open, missed (nobody took it on, or nobody could be told), recent, or on-call')
    .choices(['open', 'missed', 'recent', 'on-call'])
    .default('open');
  inDeployment(program.command('alerts').description('alerts of a deployment, and who is on call'), 'alerting')
    .addArgument(topic)
    .action((asked: AlertsTopic, options: DeploymentOptions) => alertsCommand(asked, options, context));
  inDeployment(program.command('acknowledge').description('take an alert on: its escalation ends'), 'alerting')
    .argument('<alert-id>', 'its id, as `lamplighter alerts` shows it')
    .option('--by <person>', 'who takes it on; the user of this machine where absent')
    .action((alertId: string, options: AcknowledgeCommandOptions) => acknowledgeCommand(alertId, options, context));
}

/** `lamplighter alerts`: what is open, what was missed, or who is on call. */
async function alertsCommand(topic: AlertsTopic, options: DeploymentOptions, context: CommandContext) {
  const answer = await ask({ kind: topic }, options, context);
  show(answer, options, context, topic);
}

/** `lamplighter acknowledge`: somebody takes an alert on. */
async function acknowledgeCommand(alertId: string, options: AcknowledgeCommandOptions, context: CommandContext) {
  const by = personOf(options.by);
  const answer = await ask({ kind: 'answer', answer: 'acknowledge', alertId, by }, options, context);
  if (answer.kind !== 'not-found') return show(answer, options, context);
  context.terminal.err(`${escapeText(`There is no alert ${alertId}.`)}\n`);
  context.exit(EXIT.notThere);
}

const ask = (query: AlertsQuery, options: DeploymentOptions, { terminal }: CommandContext): Promise<AlertsAnswer> =>
  withDeployment(options, terminal, {
    named: (deployment) => askAlerts(deployment, query),
    unnamed: onlyDeployed('Alerts'),
  });

function show(
  answer: AlertsAnswer,
  { json }: DeploymentOptions,
  { terminal }: CommandContext,
  topic: AlertsTopic = 'recent',
): void {
  const paint = paintFor(terminal, terminal.isOutTty);
  if (json) terminal.out(`${JSON.stringify(answer)}\n`);
  else if (answer.kind === 'alerts') terminal.out(renderAlerts(answer.alerts, paint, countedAs(topic, answer)));
  else if (answer.kind === 'alert') terminal.out(renderAlerts([answer.alert], paint));
  else if (answer.kind === 'on-call') terminal.out(renderOnCall(answer.rotas));
}
