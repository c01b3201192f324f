import { openDeployment } from '../audit/audit-place.ts';
import { costOfDeployment } from '../cost/cost-of-deployment.ts';
import { costOfSource } from '../cost/cost-of-source.ts';
import type { CostReport } from '../cost/cost-report.ts';
import { renderCost } from '../cost/render-cost.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { type PlaceOptions, withSource } from './findings-command.ts';

export interface CostCommandOptions extends PlaceOptions {
  readonly function?: string;
}

/** `lamplighter cost`: what functions and accounts will cost this month, and Lamplighter for watching them. */
export async function costCommand(options: CostCommandOptions, context: CommandContext): Promise<void> {
  const { terminal, exit } = context;
  const report = await costReport(options, context);
  if (report.costs.length === 0) {
    const what = options.function === undefined ? 'No function was seen.' : `No function ${options.function} was seen.`;
    terminal.err(`${escapeText(what)}\n`);
    return exit(EXIT.notThere);
  }
  if (options.json) terminal.out(`${JSON.stringify(report)}\n`);
  else terminal.out(renderCost(report, paintFor(terminal, terminal.isOutTty)));
}

async function costReport(options: CostCommandOptions, context: CommandContext): Promise<CostReport> {
  const deployment = await openDeployment({ ...options, env: context.terminal.env });
  if (deployment === undefined)
    return withSource(options, context, (source, range) => costOfSource(source, range, options.function));
  try {
    return await costOfDeployment(deployment, options.function);
  } finally {
    deployment.client.destroy();
  }
}
