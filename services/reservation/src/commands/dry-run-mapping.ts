import { readFileSync } from 'node:fs';
import { type DryRun, dryRun } from '../domain/mapping/dry-run.ts';
import { parseMapping } from '../domain/mapping/parse-mapping.ts';

const EXIT_NOT_MAPPED = 1;
const EXIT_CANNOT_RUN = 2;
const USAGE = 'Usage: dry-run MAPPING.json MESSAGE.xml [--json]';

/** `pnpm --filter @lamplighter/service-reservation dry-run MAPPING.json MESSAGE.xml [--json]`: shows what a mapping extracts. */
function main(args: readonly string[]): void {
  const [mappingFile, messageFile, ...rest] = args.filter((arg) => arg !== '--json');
  if (mappingFile === undefined || messageFile === undefined || rest.length > 0) throw new RangeError(USAGE);
  const parsed = parseMapping(readJson(mappingFile));
  if (parsed.kind === 'invalid')
    throw new RangeError(parsed.problems.map((problem) => `${mappingFile}: ${problem}`).join('\n'));
  const outcome = dryRun(parsed.mapping, readFileSync(messageFile));
  console.log(args.includes('--json') ? JSON.stringify(outcome, null, 2) : textOf(outcome));
  if (outcome.kind === 'rejected' || outcome.reservations.length === 0) process.exitCode = EXIT_NOT_MAPPED;
}

function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError(`${file} is not JSON.`);
  }
}

function textOf(outcome: DryRun): string {
  if (outcome.kind === 'rejected') {
    const { code, reason, line, column } = outcome.fault;
    return `Rejected at line ${line}, column ${column}: ${code}: ${reason}`;
  }
  const { reservations, setAside, missing, unmapped } = outcome;
  return [
    `${reservations.length} reservations, ${setAside.length} set aside`,
    ...reservations.map((each) => JSON.stringify(each, null, 2)),
    ...setAside.map(({ code, element, reason }) => `Set aside: ${code} at ${element}: ${reason}`),
    'Fields of the mapping that found nothing:',
    ...listed(missing.map((each) => `${each.field}: in ${each.missing} of ${each.records} records`)),
    'Places of the document that the mapping leaves out:',
    ...listed(unmapped.map(({ path, count }) => `${path}: ${count} times`)),
  ].join('\n');
}

const listed = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`);

try {
  main(process.argv.slice(2));
} catch (error) {
  const isMisuse = error instanceof RangeError || (error as NodeJS.ErrnoException).code !== undefined;
  if (!isMisuse) throw error;
  console.error((error as Error).message);
  process.exitCode = EXIT_CANNOT_RUN;
}
