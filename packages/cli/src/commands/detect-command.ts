import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { WARM_UP } from '@lamplighter/time-series';
import type { Command } from 'commander';
import { belowCommonFolder } from '../detect/common-folder.ts';
import { type DetectedSeries, detectSeries } from '../detect/detect-series.ts';
import { parseSeriesCsv } from '../detect/series-csv.ts';
import { InputError } from '../input-error.ts';
import { inputPath } from '../input-path.ts';
import { readTextFile } from '../read-text-file.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { formatCount } from '../terminal/format-value.ts';
import type { CommandContext } from './command-context.ts';

interface DetectCommandOptions {
  readonly out: string;
}

/** Adds `detect` to the program. */
export function addDetect(program: Command, context: CommandContext): void {
  program
    .command('detect')
    .description('which points of a series are unusual: timestamp,value in; timestamp,value,anomaly_score,label out')
    .argument('<file...>', 'CSV files with the columns timestamp and value')
    .requiredOption('--out <dir>', 'folder to write to; files keep their paths below their common folder')
    .action((files: readonly string[], options: DetectCommandOptions) => detectCommand(files, options, context));
}

/** `lamplighter detect FILE.csv... --out DIR`: an anomaly score and a label for each row; the inputs are never written over. */
async function detectCommand(
  files: readonly string[],
  options: DetectCommandOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const inputs = [...new Set(files.map((file) => inputPath(terminal.cwd, file)))];
  const names = belowCommonFolder(inputs);
  const errors: InputError[] = [];
  for (const [index, input] of inputs.entries()) {
    const name = names[index] ?? input;
    const output = join(resolve(terminal.cwd, options.out), name);
    if (inputs.includes(output))
      throw new InputError('usage', `--out ${options.out} would write over ${input}.`, 'Name another folder.');
    const detected = detectSeries(parseSeriesCsv(await readTextFile(input), input));
    await write(output, detected.csv);
    terminal.out(`${escapeText(describe(name, detected))}\n`);
    if (detected.judged === 0) errors.push(nothingJudged(name, detected));
  }
  if (errors.length > 0) throw inSeveral(errors, inputs.length);
}

function describe(name: string, { rows, anomalies, unjudged }: DetectedSeries): string {
  const reasons = Object.entries(unjudged).map(([reason, count]) => `, ${count} ${reason}`);
  return `${name}: ${formatCount(rows, 'row')}, ${anomalies} anomalous${reasons.join('')}`;
}

const WAYS_OUT: Readonly<Record<string, string>> = {
  missing: 'Give it rows with values.',
  'not-finite': 'Values are plain numbers with a decimal point, such as 1204.5.',
  'too-large': 'Values lie between -1e300 and 1e300.',
  'out-of-order': 'Put the oldest row first, and each time once.',
};

/** What kept every row of a file from being judged. */
function nothingJudged(name: string, { rows, unjudged }: DetectedSeries): InputError {
  const error = (problem: string, wayOut: string): InputError => new InputError('nothing-judged', problem, wayOut);
  if (rows === 0) return error(`${name} has no rows to judge.`, 'Give it lines of timestamp,value below its header.');
  const [[reason, count] = ['', 0]] = Object.entries(unjudged).sort(([, a], [, b]) => b - a);
  if (2 * count >= rows)
    return error(`No row of ${name} was judged: ${count} of ${rows} are ${reason}.`, WAYS_OUT[reason] ?? '');
  return error(
    `No row of ${name} was judged: of ${formatCount(rows, 'row')} the first ${WARM_UP - 1} are only learnt from.`,
    `Give it at least ${WARM_UP}.`,
  );
}

function inSeveral(errors: readonly InputError[], files: number): InputError {
  const [first] = errors as readonly [InputError];
  if (files === 1) return first;
  const which = `Nothing was judged in ${errors.length} of ${files} files. `;
  return new InputError(first.code, which + first.message, first.wayOut);
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InputError('unwritable-file', `${path} cannot be written: ${code}.`, 'Name another --out.', { cause });
  }
}
