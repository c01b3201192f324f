import { resolve } from 'node:path';
import { assessCoverage, renderCoverage } from '@lamplighter/coverage';
import type { Command } from 'commander';
import { findPackage } from '../coverage/find-package.ts';
import { OWN_EXEMPTIONS, ownExemptions } from '../coverage/own-exemptions.ts';
import { readCoverageInput } from '../coverage/read-coverage-input.ts';
import { readPercent } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { formatAgo, formatMinute } from '../terminal/format-value.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';
import { collect } from './options.ts';

interface CoverageCommandOptions {
  readonly stage?: string;
  readonly region?: string;
  readonly param: readonly string[];
  readonly minimum?: number;
  readonly exemptions?: string;
  readonly json?: boolean;
}

/** Adds `coverage` to the program. */
export function addCoverage(program: Command, context: CommandContext): void {
  program
    .command('coverage')
    .description('what of a packaged service is watched, by what, and how to mend the rest')
    .argument('<service-dir>', 'a service of this repository, or the folder of any packaged one')
    .option('--minimum <percent>', 'exit 1 below it', readPercent)
    .option('--exemptions <file.json>', 'what need not be watched, and why')
    .option('--stage <stage>', 'stage to package a service of this repository for (dev)')
    .option('--region <region>', 'region to package it for (us-east-1)')
    .option('--param <name=value>', 'parameter to package it with', collect, [])
    .option('--json', 'print the report as JSON, and nothing else on stdout')
    .action((folder: string, options: CoverageCommandOptions) => coverageCommand(folder, options, context));
}

/** `lamplighter coverage SERVICE_DIR`: what of a packaged stack is watched, by what, and how to mend the rest; exit 1 below the minimum. */
async function coverageCommand(
  folder: string,
  options: CoverageCommandOptions,
  { terminal, exit }: CommandContext,
): Promise<void> {
  const serviceDir = resolve(terminal.cwd, folder);
  const progress = createProgress(terminal);
  const { directory, packagedAt } = await findPackage(serviceDir, options, progress).finally(() => progress.stop());
  const named = options.exemptions === undefined ? undefined : resolve(terminal.cwd, options.exemptions);
  // Only a service of this repository is packaged by whoever asks.
  const file = named ?? (packagedAt === undefined ? ownExemptions() : undefined);
  if (file !== named) terminal.err(`Exempt is what ${OWN_EXEMPTIONS} says; --exemptions names another list.\n`);
  const input = await readCoverageInput(directory, serviceDir, file);
  if (packagedAt !== undefined) terminal.err(`${tellAge(packagedAt, terminal.now())}\n`);
  const report = assessCoverage(input.template, input);
  const paint = paintFor(terminal, terminal.isOutTty);
  const lines = renderCoverage(report).map((line) => (/^ {2}- /.test(line) ? paint('red', line) : line));
  terminal.out(options.json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
  const minimumPct = options.minimum ?? input.minimumCoveragePct ?? 0;
  if (report.coveragePct >= minimumPct) return;
  terminal.err(`Monitoring coverage is ${report.coveragePct} %, and at least ${minimumPct} % is asked for.\n`);
  exit(EXIT.notThere);
}

const tellAge = (packagedAt: number, now: number): string => {
  const ago = formatAgo(packagedAt, now);
  return `This is the package of ${formatMinute(packagedAt)}${ago === undefined ? '' : `, ${ago}`}.`;
};
