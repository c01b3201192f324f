import { rightSize, trafficBySize } from '@lamplighter/diagnosis';
import { type Command, Option } from 'commander';
import type { TimeOptions } from '../audit/arguments/time-options.ts';
import { functionsThere, unknownFunction } from '../audit/functions-there.ts';
import { withAuditedRange } from '../audit/source/with-audit.ts';
import type { DeploymentOptions } from '../deployment/with-deployment.ts';
import { watchedFunctions } from '../findings/assess-source.ts';
import { readWindows } from '../findings/read-windows.ts';
import { renderRightSize } from '../findings/render-right-size.ts';
import { readFunctionName } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inTime } from './options.ts';

interface RightSizeCommandOptions extends DeploymentOptions, TimeOptions {
  readonly architecture?: 'x86_64' | 'arm64';
}

/** Adds `rightsize` to the program. */
export function addRightSize(program: Command, context: CommandContext): void {
  inTime(
    program.command('rightsize').description("what each memory size costs and takes, from a function's own traffic"),
  )
    .argument('<function>', 'its name', readFunctionName)
    .addOption(
      new Option(
        '--architecture <name>',
        'priced for; by default what it runs on, or x86_64 where that is not known',
      ).choices(['x86_64', 'arm64']),
    )
    .action((name: string, options: RightSizeCommandOptions) => rightSizeCommand(name, options, context));
}

/** `lamplighter rightsize FUNCTION`: what each memory size costs and takes, from the function's own traffic. */
async function rightSizeCommand(
  functionName: string,
  options: RightSizeCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal, exit } = context;
  const { windows, runsOn } = await withAuditedRange(options, terminal, async (source, range) => {
    const [watched] = await watchedFunctions(source, functionName);
    if (watched === undefined) throw unknownFunction(functionName, source.name, await functionsThere(source));
    const { accountId, region } = watched;
    const its = await source.runsOn?.({ functionName, accountId, region });
    return { windows: await readWindows(source, watched, range), runsOn: its?.architecture };
  });
  const architecture = options.architecture ?? runsOn;
  const traffic = trafficBySize(windows.map((figures) => ({ revision: 0, figures })));
  // The size of the newest minute is the one that is configured.
  const memorySizeMb = windows.findLast((window) => window.memorySizeMb > 0)?.memorySizeMb ?? 0;
  const answer = rightSize({ memorySizeMb, ...(architecture && { architecture }), traffic });
  if (answer === undefined) {
    const calls = traffic.find((size) => size.memorySizeMb === memorySizeMb)?.calls ?? 0;
    terminal.err(
      `${escapeText(`${functionName} has ${calls} calls with known figures at its memory size; 50 are needed to say something.`)}\n`,
    );
    return exit(EXIT.notThere);
  }
  terminal.out(
    options.json
      ? `${JSON.stringify(answer)}\n`
      : renderRightSize(functionName, answer, {
          paint: paintFor(terminal, terminal.isOutTty),
          isKnown: architecture !== undefined,
        }),
  );
}
