import type { AlertsAnswer, AlertsQuery } from '@lamplighter/contracts';
import { Argument, type Command } from 'commander';
import { askAlerts } from '../alerts/ask-alerts.ts';
import { type AlertsTopic, countedAs, TOPICS } from '../alerts/counted-as.ts';
import { renderAlert } from '../alerts/render-alert.ts';
import { renderAlerts, renderOnCall } from '../alerts/render-alerts.ts';
import { snoozeMinutes } from '../alerts/snooze-minutes.ts';
import { COMMAND } from '../command-name.ts';
import { personOf } from '../deployment/person.ts';
import { type DeploymentOptions, onlyDeployed, placeOf, withDeployment } from '../deployment/with-deployment.ts';
import { InputError } from '../input-error.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface AnswerCommandOptions extends DeploymentOptions {
  readonly by?: string;
}

interface SnoozeCommandOptions extends AnswerCommandOptions {
  readonly until: string;
}

/** Adds `alerts`, `acknowledge` and `snooze` to the program. */
export function addAlerts(program: Command, context: CommandContext): void {
  const topic = new Argument(
    '[topic-or-id]',
    'open, missed (nobody took it on, or nobody could be told), recent, on-call; or the id of an alert',
  ).default('open');
  inDeployment(
    program.command('alerts').description('alerts of a deployment, one of them, or who is on call'),
    'alerting',
  )
    .addArgument(topic)
    .action((asked: string, options: DeploymentOptions) => alertsCommand(asked, options, context));
  inDeployment(program.command('acknowledge').description('take an alert on: its escalation ends'), 'alerting')
    .argument('<alert-id>', 'its id, as `lamplighter alerts` shows it')
    .option('--by <person>', 'who takes it on; the user of this machine where absent')
    .action((alertId: string, options: AnswerCommandOptions) => acknowledgeCommand(alertId, options, context));
  inDeployment(program.command('snooze').description('put an alert off: its escalation goes on later'), 'alerting')
    .argument('<alert-id>', 'its id, as `lamplighter alerts` shows it')
    .option('--until <time>', 'for how long (90m, 8h, 2d), or the next such time of day here (08:00)', '1h')
    .option('--by <person>', 'who puts it off; the user of this machine where absent')
    .action((alertId: string, options: SnoozeCommandOptions) => snoozeCommand(alertId, options, context));
}

/** `lamplighter alerts`: what is open, what was missed, who is on call, or one alert with its cause and who was told. */
async function alertsCommand(asked: string, options: DeploymentOptions, context: CommandContext) {
  if (isTopic(asked)) return showAll(await ask({ kind: asked }, options, context), options, context, asked);
  if (!ALERT_ID.test(asked))
    throw new InputError(
      'usage',
      `${asked} is neither ${TOPICS.join(', ')} nor the id of an alert.`,
      'Copy the id from `lamplighter alerts recent`.',
    );
  showOne(await ask({ kind: 'by-id', alertId: asked }, options, context), asked, options, context);
}

const isTopic = (asked: string): asked is AlertsTopic => (TOPICS as readonly string[]).includes(asked);

/** `1700000401000-3c59dc04`: when it opened, and a hash. */
const ALERT_ID = /^\d+-[0-9a-f]+$/;

/** `lamplighter acknowledge`: somebody takes an alert on. */
async function acknowledgeCommand(alertId: string, options: AnswerCommandOptions, context: CommandContext) {
  const by = personOf(options.by);
  const answer = await ask({ kind: 'answer', answer: 'acknowledge', alertId, by }, options, context);
  showOne(answer, alertId, options, context);
}

/** `lamplighter snooze`: somebody puts an alert off. */
async function snoozeCommand(alertId: string, options: SnoozeCommandOptions, context: CommandContext) {
  const by = personOf(options.by);
  const minutes = snoozeMinutes(options.until, context.terminal.now());
  const answer = await ask({ kind: 'answer', answer: 'snooze', alertId, by, minutes }, options, context);
  showOne(answer, alertId, options, context);
}

const ask = (query: AlertsQuery, options: DeploymentOptions, { terminal }: CommandContext): Promise<AlertsAnswer> =>
  withDeployment(options, terminal, {
    named: (deployment) => askAlerts(deployment, query),
    unnamed: onlyDeployed('Alerts'),
  });

function showAll(
  answer: AlertsAnswer,
  { json, ...place }: DeploymentOptions,
  { terminal }: CommandContext,
  topic: AlertsTopic,
): void {
  if (json) terminal.out(`${JSON.stringify(answer)}\n`);
  else if (answer.kind === 'on-call') terminal.out(renderOnCall(answer));
  else if (answer.kind === 'alerts') {
    const paint = paintFor(terminal, terminal.isOutTty);
    terminal.out(renderAlerts(answer.alerts, paint, { ...countedAs(topic, answer), width: lineWidth(terminal) }));
    const [first] = answer.alerts;
    const command = `${COMMAND} alerts ${escapeText(first?.alertId ?? '')}${placeOf(place)}`;
    if (first !== undefined) terminal.out(`${paint('dim', 'the cause of one, and who was told:')} ${command}\n`);
  }
}

function showOne(
  answer: AlertsAnswer,
  alertId: string,
  options: DeploymentOptions,
  { terminal, exit }: CommandContext,
): void {
  const paint = paintFor(terminal, terminal.isOutTty);
  if (answer.kind === 'not-found') {
    terminal.err(`${escapeText(`There is no alert ${alertId}.`)}\n`);
    exit(EXIT.notThere);
  } else if (options.json) terminal.out(`${JSON.stringify(answer)}\n`);
  else if (answer.kind === 'alert')
    terminal.out(renderAlert(answer.alert, paint, placeOf(options), lineWidth(terminal)));
}
