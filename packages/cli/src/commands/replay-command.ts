import { access, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { InvocationSummary } from '@lamplighter/contracts';
import type { Command } from 'commander';
import { InputError } from '../input-error.ts';
import { inputPath } from '../input-path.ts';
import { readInteger, readProbability } from '../option-values.ts';
import { EXIT } from '../program-error.ts';
import { renderReplay } from '../replay/render-replay.ts';
import { type ReplayOutcome, runReplay } from '../replay/run-replay.ts';
import type { Door } from '../stacks/package-stacks.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';
import { readLogGroups } from './log-group-option.ts';
import { collect, doorOption } from './options.ts';

interface ReplayCommandOptions {
  readonly door: Door;
  readonly logGroup: readonly string[];
  readonly shuffle?: true;
  readonly duplicate?: number;
  readonly seed: number;
  readonly json?: true;
  readonly out?: string;
}

/** Adds `replay` to the program. */
export function addReplay(program: Command, context: CommandContext): void {
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

/** `lamplighter replay FILE...`: log exports through the real pipeline, and what came of it. */
async function replayCommand(
  files: readonly string[],
  options: ReplayCommandOptions,
  { terminal, exit }: CommandContext,
): Promise<void> {
  const out = options.out === undefined ? undefined : resolve(terminal.cwd, options.out);
  const inputs = files.map((file) => inputPath(terminal.cwd, file));
  if (out !== undefined) await assertWritable(out, inputs);
  const progress = createProgress(terminal);
  const outcome = await runReplay({
    files: inputs,
    ...(out === undefined ? {} : { leaveOut: out }),
    logGroupOf: readLogGroups(options.logGroup, terminal.cwd),
    door: options.door,
    disturbance: {
      shuffle: options.shuffle === true,
      duplicateProbability: options.duplicate ?? 0,
      seed: options.seed,
    },
    progress,
  }).finally(() => progress.stop());
  if (out !== undefined) await writeAudit(out, outcome.invocations);
  print(outcome, options, { terminal, exit });
  if (outcome.summary.lost > 0 || outcome.summary.invocations === 0) exit(EXIT.notThere);
}

function print(outcome: ReplayOutcome, options: ReplayCommandOptions, { terminal }: CommandContext): void {
  if (options.json) terminal.out(`${JSON.stringify(outcome.summary)}\n`);
  else terminal.out(renderReplay(outcome, options.out, paintFor(terminal, terminal.isOutTty)));
}

/** Before anything is replayed: so that nothing is done in vain, and no export is lost. */
async function assertWritable(path: string, inputs: readonly string[]): Promise<void> {
  const folder = dirname(path);
  const kind = await stat(folder).catch((cause: unknown) => {
    throw new InputError(
      'missing-file',
      `There is no folder ${folder} to write ${path} into.`,
      'Make it, or name another --out.',
      { cause },
    );
  });
  if (!kind.isDirectory()) throw unwritable(path, `${folder} is no folder.`);
  await access(folder, constants.W_OK).catch(() => {
    throw unwritable(path, `${folder} may not be written to.`);
  });
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw unwritable(path, 'It is a folder.');
  if (existing === undefined) return;
  const target = await realpath(path);
  for (const input of inputs) {
    if ((await realpath(input).catch(() => input)) === target) throw unwritable(path, 'It is what is to be replayed.');
  }
}

const unwritable = (path: string, why: string): InputError =>
  new InputError('unwritable-file', `${path} cannot be written: ${why}`, 'Name another --out.');

/** `audit.ndjson`: an invocation a line. It appears when it is whole. */
async function writeAudit(path: string, invocations: readonly InvocationSummary[]): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, invocations.map((invocation) => `${JSON.stringify(invocation)}\n`).join(''));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
