import { access, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { InvocationSummary } from '@lamplighter/contracts';
import { InputError } from '../input-error.ts';
import { EXIT } from '../program-error.ts';
import { renderReplay } from '../replay/render-replay.ts';
import { type ReplayOutcome, runReplay } from '../replay/run-replay.ts';
import type { Door } from '../stacks/package-stacks.ts';
import { paintFor } from '../terminal/paint.ts';
import { createProgress } from '../terminal/progress.ts';
import type { CommandContext } from './command-context.ts';
import { readLogGroups } from './log-group-option.ts';

export interface ReplayCommandOptions {
  readonly door: Door;
  readonly logGroup: readonly string[];
  readonly shuffle?: true;
  readonly duplicate?: number;
  readonly seed: number;
  readonly json?: true;
  readonly out?: string;
}

/** `lamplighter replay FILE...`: log exports through the real pipeline, and what came of it. */
export async function replayCommand(
  files: readonly string[],
  options: ReplayCommandOptions,
  { terminal, exit }: CommandContext,
): Promise<void> {
  const out = options.out === undefined ? undefined : resolve(terminal.cwd, options.out);
  if (out !== undefined) await assertWritable(out);
  const progress = createProgress(terminal);
  const outcome = await runReplay({
    files: files.map((file) => resolve(terminal.cwd, file)),
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
  if (outcome.summary.lost > 0 || outcome.summary.events === 0) exit(EXIT.notThere);
}

function print(outcome: ReplayOutcome, options: ReplayCommandOptions, { terminal }: CommandContext): void {
  if (options.json) terminal.out(`${JSON.stringify(outcome.summary)}\n`);
  else terminal.out(renderReplay(outcome, options.out, paintFor(terminal, terminal.isOutTty)));
}

async function assertWritable(path: string): Promise<void> {
  await access(dirname(path)).catch((cause: unknown) => {
    throw new InputError(
      'missing-file',
      `There is no folder ${dirname(path)} to write ${path} into.`,
      'Make it, or name another --out.',
      { cause },
    );
  });
}

/** `audit.ndjson`: an invocation a line. It appears when it is whole. */
async function writeAudit(path: string, invocations: readonly InvocationSummary[]): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, invocations.map((invocation) => `${JSON.stringify(invocation)}\n`).join(''));
  await rename(draft, path);
}
