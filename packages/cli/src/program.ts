import { Argument, Command, CommanderError, Option } from 'commander';
import {
  type AcknowledgeCommandOptions,
  type AlertsTopic,
  acknowledgeCommand,
  alertsCommand,
} from './commands/alerts-command.ts';
import { type AuditCommandOptions, auditCommand } from './commands/audit-command.ts';
import type { CommandContext } from './commands/command-context.ts';
import { type CostCommandOptions, costCommand } from './commands/cost-command.ts';
import { type CoverageCommandOptions, coverageCommand } from './commands/coverage-command.ts';
import { type DetectCommandOptions, detectCommand } from './commands/detect-command.ts';
import {
  type ExplainCommandOptions,
  explainCommand,
  type FindingsCommandOptions,
  findingsCommand,
} from './commands/findings-command.ts';
import { type ForecastCommandOptions, forecastCommand } from './commands/forecast-command.ts';
import { type DecisionOptions, decideCommand, killSwitchCommand, repairsCommand } from './commands/repairs-command.ts';
import { type ReplayCommandOptions, replayCommand } from './commands/replay-command.ts';
import { type RightSizeCommandOptions, rightSizeCommand } from './commands/rightsize-command.ts';
import { type SimulateCommandOptions, simulateCommand } from './commands/simulate-command.ts';
import { type UpCommandOptions, upCommand } from './commands/up-command.ts';
import type { DeploymentOptions } from './deployment/with-deployment.ts';
import {
  readFunctionName,
  readHorizon,
  readInteger,
  readLevels,
  readPercent,
  readPort,
  readProbability,
  readSeason,
} from './option-values.ts';
import { describeUserError, EXIT } from './program-error.ts';
import { escapeText } from './terminal/escape-text.ts';
import { paintFor } from './terminal/paint.ts';
import type { Terminal } from './terminal/terminal.ts';

/**
 * Runs the program with a command line and gives its exit code: 0 done, 1 what was asked for is not there or the replay lost something,
 * 2 the command line or the input is wrong. A fault of the program is thrown, with its stack.
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.ok;
  const exit = (other: number): void => {
    code = other;
  };
  try {
    await buildProgram({ terminal, exit }).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    const text = describeUserError(error, paintFor(terminal, terminal.isErrTty));
    if (text === undefined) throw error;
    terminal.err(text);
    return EXIT.badInput;
  }
  return code;
}

function buildProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('lamplighter')
    .description('What happened in AWS Lambda, what is abnormal and why, what is ahead, and what it costs')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      // One line, like every other error: the problem, and where to read on.
      outputError: (text, write) => write(`${escapeText(text.trimEnd().replaceAll('\n', ' '))} (see --help)\n`),
    });
  program.commandsGroup('What happened:');
  addReplay(program, context);
  addAudit(program, context);
  program.commandsGroup('What is wrong, and who knows:');
  addFindings(program, context);
  addAlerts(program, context);
  program.commandsGroup('What is done about it:');
  addRepairs(program, context);
  program.commandsGroup('What is ahead, and what it costs:');
  addCost(program, context);
  addSimulate(program, context);
  program.commandsGroup('Series in files:');
  addDetect(program, context);
  addForecast(program, context);
  program.commandsGroup('The house:');
  addUp(program, context);
  addCoverage(program, context);
  return program;
}

function addUp(program: Command, context: CommandContext): void {
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

function addReplay(program: Command, context: CommandContext): void {
  program
    .command('replay')
    .description(
      'log exports through the real pipeline: downloads of CloudWatch Logs, S3 export folders, subscription payloads, pasted text',
    )
    .argument('<file...>', 'files or folders, plain or .gz')
    .option(
      '--log-group <name>',
      'log group of files that do not name it; PATH=NAME for one file or folder',
      collect,
      [],
    )
    .addOption(doorOption())
    .option('--shuffle', 'deliver in any order, cut anywhere')
    .option('--duplicate <probability>', 'deliver payloads twice, with a probability from 0 to 1', readProbability)
    .option('--seed <n>', 'of the shuffling and duplicating', readInteger, 1)
    .option('--json', 'print the figures as JSON, and nothing else on stdout')
    .option('--out <file>', 'write the audit, an invocation a line (NDJSON)')
    .action((files: readonly string[], options: ReplayCommandOptions) => replayCommand(files, options, context));
}

function addAudit(program: Command, context: CommandContext): void {
  const audit = program
    .command('audit')
    .description('the story of one request; by default from the last replay')
    .argument('[request-id]', 'a request ID, or the beginning of one')
    .option('--function <name>', 'the invocations of a function', readFunctionName)
    .option('--since <time>', 'with --function: not before (2h, 2026-11-21, 2026-11-21T09:00:00Z)')
    .option('--until <time>', 'with --function: before')
    .option('--sequence <stream[:seq]>', 'the messages of a stream, in order, or one of them');
  inDeployment(audit, 'ingestion').action((requestId: string | undefined, options: AuditCommandOptions) =>
    auditCommand(requestId, options, context),
  );
}

function addFindings(program: Command, context: CommandContext): void {
  addPlace(
    program.command('findings').description('what is going wrong in the functions, by default of the last replay'),
  )
    .option('--function <name>', 'one function', readFunctionName)
    .action((options: FindingsCommandOptions) => findingsCommand(options, context));
  addPlace(program.command('explain').description('one finding with its evidence and what to look at'))
    .argument('<finding-id>', 'its id, or a part that no other has')
    .action((findingId: string, options: ExplainCommandOptions) => explainCommand(findingId, options, context));
  addPlace(
    program.command('rightsize').description("what each memory size costs and takes, from a function's own traffic"),
  )
    .argument('<function>', 'its name', readFunctionName)
    .addOption(new Option('--architecture <name>', 'what it runs on').choices(['x86_64', 'arm64']).default('x86_64'))
    .action((name: string, options: RightSizeCommandOptions) => rightSizeCommand(name, options, context));
}

const addPlace = (command: Command): Command =>
  inDeployment(
    command
      .option('--since <time>', 'not before (2h, 2026-11-21, 2026-11-21T09:00:00Z)')
      .option('--until <time>', 'before'),
    'ingestion',
  );

function addDetect(program: Command, context: CommandContext): void {
  program
    .command('detect')
    .description('which points of a series are unusual: timestamp,value in; timestamp,value,anomaly_score,label out')
    .argument('<file...>', 'CSV files with the columns timestamp and value')
    .requiredOption('--out <dir>', 'folder to write to; files keep their paths below their common folder')
    .action((files: readonly string[], options: DetectCommandOptions) => detectCommand(files, options, context));
}

function addForecast(program: Command, context: CommandContext): void {
  program
    .command('forecast')
    .description(
      'the next points of a series (timestamp,value), or of every series of a wide file, with intervals; without a file, what a deployment foresees and how good its forecasts were',
    )
    .argument('[file]', 'CSV, a point a line')
    .option('--horizon <steps>', 'of a file: steps ahead, up to 100000', readHorizon)
    .option('--season <points>', 'points in a season; a day where absent, a week of daily points', readSeason)
    .option('--level <percents>', 'levels of the intervals', readLevels, [80, 95])
    .option('--out <file>', 'write the CSV there')
    .option('--wide <file>', 'a series a row: id,v1,v2,…')
    .option('--out-dir <dir>', 'with --wide: where mean.csv, lo-95.csv and hi-95.csv go')
    .option('--function <name>', 'of a deployment: one function', readFunctionName)
    .option('--endpoint <url>', 'a running `lamplighter up`; AWS_ENDPOINT_URL where absent')
    .option('--region <region>', 'look at AWS, in this region')
    .option('--stage <stage>', 'stage of the prediction service')
    .option('--json', 'of a deployment: print JSON')
    .action((file: string | undefined, options: ForecastCommandOptions) => forecastCommand(file, options, context));
}

function addSimulate(program: Command, context: CommandContext): void {
  program
    .command('simulate')
    .description('a what-if at any scale: a scenario of traffic, resources and faults, run in a twin of AWS and priced')
    .argument('<scenario.yml>', 'see samples/scenarios')
    .addOption(new Option('--agents <state>', 'whether the agents may act').choices(['on', 'off']).default('off'))
    .option('--seed <n>', "another seed than the scenario's", readInteger)
    .option('--json', 'print the report as JSON, and nothing else on stdout')
    .option('--out <file>', 'write the windows of every function, one a line (NDJSON)')
    .action((file: string, options: SimulateCommandOptions) => simulateCommand(file, options, context));
}

function addCoverage(program: Command, context: CommandContext): void {
  program
    .command('coverage')
    .description('what of a packaged service is watched, by what, and how to mend the rest')
    .argument('<service-dir>', 'a service of this repository, or the folder of any packaged one')
    .option('--minimum <percent>', 'exit 1 below it', readPercent)
    .option('--exemptions <file.json>', 'what need not be watched, and why')
    .option('--stage <stage>', 'stage to package', 'dev')
    .option('--region <region>', 'region to package for', 'us-east-1')
    .option('--param <name=value>', 'parameter to package with', collect, [])
    .option('--json', 'print the report as JSON, and nothing else on stdout')
    .action((folder: string, options: CoverageCommandOptions) => coverageCommand(folder, options, context));
}

function addAlerts(program: Command, context: CommandContext): void {
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

function addRepairs(program: Command, context: CommandContext): void {
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

const inDeployment = (command: Command, service: string): Command =>
  command
    .option('--endpoint <url>', 'a running `lamplighter up`; AWS_ENDPOINT_URL where absent')
    .option('--region <region>', 'look at AWS, in this region')
    .option('--stage <stage>', `stage of the ${service} service`)
    .option('--json', 'print JSON');

function addCost(program: Command, context: CommandContext): void {
  const cost = program
    .command('cost')
    .description('what the functions will cost this month, by default those of the last replay, and Lamplighter itself')
    .option('--function <name>', 'one function', readFunctionName);
  inDeployment(cost, 'prediction').action((options: CostCommandOptions) => costCommand(options, context));
}

const doorOption = (): Option =>
  new Option('--door <door>', 'how logs come in: straight to a function, or through a Kinesis stream')
    .choices(['direct', 'stream'])
    .default('direct');

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];
