import { rightSize, trafficBySize } from '@lamplighter/diagnosis';
import type { TimeOptions } from '../audit/arguments/time-options.ts';
import { functionsThere, unknownFunction } from '../audit/functions-there.ts';
import { withAuditedRange } from '../audit/source/with-audit.ts';
import type { DeploymentOptions } from '../deployment/with-deployment.ts';
import { watchedFunctions } from '../findings/assess-source.ts';
import { readWindows } from '../findings/read-windows.ts';
import { renderRightSize } from '../findings/render-right-size.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';

export interface RightSizeCommandOptions extends DeploymentOptions, TimeOptions {
  readonly architecture: 'x86_64' | 'arm64';
}

/** `lamplighter rightsize FUNCTION`: what each memory size costs and takes, from the function's own traffic. */
export async function rightSizeCommand(
  functionName: string,
  options: RightSizeCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal, exit } = context;
  const windows = await withAuditedRange(options, terminal, async (source, range) => {
    const [watched] = await watchedFunctions(source, functionName);
    if (watched === undefined) throw unknownFunction(functionName, source.name, await functionsThere(source));
    return readWindows(source, watched, range);
  });
  const traffic = trafficBySize(windows.map((figures) => ({ revision: 0, figures })));
  // The size of the newest minute is the one that is configured.
  const memorySizeMb = windows.findLast((window) => window.memorySizeMb > 0)?.memorySizeMb ?? 0;
  const answer = rightSize({ memorySizeMb, architecture: options.architecture, traffic });
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
      : renderRightSize(functionName, answer, paintFor(terminal, terminal.isOutTty)),
  );
}
