import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addAlerts } from './commands/alerts-command.ts';
import { addAudit } from './commands/audit-command.ts';
import type { CommandContext } from './commands/command-context.ts';
import { addCost } from './commands/cost-command.ts';
import { addCoverage } from './commands/coverage-command.ts';
import { addDetect } from './commands/detect-command.ts';
import { addExamples } from './commands/examples.ts';
import { addFindings } from './commands/findings-command.ts';
import { addForecast } from './commands/forecast-command.ts';
import { addRepairs } from './commands/repairs-command.ts';
import { addReplay } from './commands/replay-command.ts';
import { addRightSize } from './commands/rightsize-command.ts';
import { addSearch } from './commands/search-command.ts';
import { addSimulate } from './commands/simulate-command.ts';
import { addUp } from './commands/up-command.ts';
import { describeUserError, EXIT, exitCodeOf } from './program-error.ts';
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
    return exitCodeOf(error);
  }
  return code;
}

function buildProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('lamplighter')
    .description('What happened in AWS Lambda, what is abnormal and why, what is ahead, and what it costs')
    .version(manifest.version)
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
  addSearch(program, context);
  program.commandsGroup('What is wrong, and who knows:');
  addFindings(program, context);
  addRightSize(program, context);
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
  addExamples(program);
  return program;
}
