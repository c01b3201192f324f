/** `pnpm bench NAME [--data DIR] [--json]`: measures, and shows each figure beside its floor or limit. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmarks/benchmark.ts';
import { REPOSITORY } from './workspace-services.ts';

const NAMES = [
  'ingest',
  'extract',
  'detect',
  'nab',
  'events',
  'findings',
  'findings-twin',
  'findings-latency',
  'faults',
  'repairs',
  'petshop',
  'm4',
  'concurrency',
  'traffic',
  'forecast',
  'simulate',
  'agents',
  'alerts',
  'bundle',
  'console',
];
const EXIT_OUTSIDE_LIMITS = 1;
const EXIT_CANNOT_RUN = 2;

try {
  await main();
} catch (error) {
  const isMisuse = error instanceof RangeError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!isMisuse) throw error;
  console.error((error as Error).message);
  process.exitCode = EXIT_CANNOT_RUN;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const name = chooseBenchmark(positionals);
  if (values.data !== undefined && !existsSync(values.data))
    throw new RangeError(`There is no data directory ${values.data}.`);
  const benchmark = (await import(fileOf(name))) as Benchmark;
  const report = await benchmark.run(values.data === undefined ? {} : { data: values.data });
  console.log(values.json ? JSON.stringify(report.figures) : report.text);
  if (!report.isWithinLimits) process.exitCode = EXIT_OUTSIDE_LIMITS;
}

function chooseBenchmark([name = '', ...rest]: readonly string[]): string {
  if (NAMES.includes(name) && rest.length === 0) return name;
  throw new RangeError(`pnpm bench takes one of: ${NAMES.join(', ')}.`);
}

function fileOf(name: string): string {
  return join(REPOSITORY, 'scripts', 'benchmarks', `${name}.ts`);
}
