import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { belowCommonFolder } from '../detect/common-folder.ts';
import { type DetectedSeries, detectSeries } from '../detect/detect-series.ts';
import { parseSeriesCsv } from '../detect/series-csv.ts';
import { InputError } from '../input-error.ts';
import { escapeText } from '../terminal/escape-text.ts';
import { formatCount } from '../terminal/format-value.ts';
import type { CommandContext } from './command-context.ts';

export interface DetectCommandOptions {
  readonly out: string;
}

/** `lamplighter detect FILE.csv... --out DIR`: an anomaly score and a label for each row; the inputs are never written over. */
export async function detectCommand(
  files: readonly string[],
  options: DetectCommandOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const inputs = [...new Set(files.map((file) => resolve(terminal.cwd, file)))];
  const names = belowCommonFolder(inputs);
  for (const [index, input] of inputs.entries()) {
    const name = names[index] ?? input;
    const output = join(resolve(terminal.cwd, options.out), name);
    if (inputs.includes(output))
      throw new InputError('usage', `--out ${options.out} would write over ${input}.`, 'Name another folder.');
    const detected = detectSeries(parseSeriesCsv(await readInput(input), input));
    await write(output, detected.csv);
    terminal.out(`${escapeText(describe(name, detected))}\n`);
  }
}

function describe(name: string, { rows, anomalies, unjudged }: DetectedSeries): string {
  const reasons = Object.entries(unjudged).map(([reason, count]) => `, ${count} ${reason}`);
  return `${name}: ${formatCount(rows, 'row')}, ${anomalies} anomalous${reasons.join('')}`;
}

async function readInput(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT')
      throw new InputError('missing-file', `There is no ${path}.`, 'Check the name.', { cause });
    throw new InputError('unreadable-file', `${path} cannot be read: ${cause.code}.`, 'Name a CSV file.', { cause });
  });
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
