import type { Command } from 'commander';
import { withAuditedRange } from '../audit/source/with-audit.ts';
import { costOfDeployment } from '../cost/cost-of-deployment.ts';
import { costOfSource } from '../cost/cost-of-source.ts';
import type { CostReport } from '../cost/cost-report.ts';
import { renderCost } from '../cost/render-cost.ts';
import { type DeploymentOptions, withDeployment } from '../deployment/with-deployment.ts';
import { readFunctionName } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { lineWidth } from '../terminal/fit-table.ts';
import { paintFor } from '../terminal/paint.ts';
import type { CommandContext } from './command-context.ts';
import { inDeployment } from './options.ts';

interface CostCommandOptions extends DeploymentOptions {
  readonly function?: string;
}

/** Adds `cost` to the program. */
export function addCost(program: Command, context: CommandContext): void {
  const cost = program
    .command('cost')
    .description('what the functions will cost this month, by default those of the last replay, and Lamplighter itself')
    .option('--function <name>', 'one function', readFunctionName);
  inDeployment(cost, 'prediction').action((options: CostCommandOptions) => costCommand(options, context));
}

/** `lamplighter cost`: what functions and accounts will cost this month, and Lamplighter for watching them. */
async function costCommand(options: CostCommandOptions, context: CommandContext): Promise<void> {
  const { terminal, exit } = context;
  const report = await costReport(options, context);
  if (report.costs.length === 0) {
    const what = options.function === undefined ? 'No function was seen.' : `No function ${options.function} was seen.`;
    terminal.err(`${escapeText(what)}\n`);
    return exit(EXIT.notThere);
  }
  if (options.json) terminal.out(`${JSON.stringify(report)}\n`);
  else terminal.out(renderCost(report, paintFor(terminal, terminal.isOutTty), lineWidth(terminal)));
}

const costReport = (options: CostCommandOptions, { terminal }: CommandContext): Promise<CostReport> =>
  withDeployment(options, terminal, {
    named: (deployment) => costOfDeployment(deployment, options.function),
    unnamed: () =>
      withAuditedRange(options, terminal, (source, range) => costOfSource(source, range, options.function)),
  });
