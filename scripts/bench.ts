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
  'petshop',
  'm4',
  'traffic',
  'forecast',
  'simulate',
  'alerts',
  'bundle',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
});

const [name = '', ...rest] = positionals;
const file = join(REPOSITORY, 'scripts', 'benchmarks', `${name}.ts`);
const refusal = refuse();
if (refusal) {
  console.error(refusal);
  process.exitCode = 2;
} else {
  const benchmark = (await import(file)) as Benchmark;
  try {
    const report = await benchmark.run(values.data === undefined ? {} : { data: values.data });
    console.log(values.json ? JSON.stringify(report.figures) : report.text);
    if (!report.isWithinLimits) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

function refuse(): string | undefined {
  const built = NAMES.filter((each) => existsSync(join(REPOSITORY, 'scripts', 'benchmarks', `${each}.ts`))).join(', ');
  if (!NAMES.includes(name) || rest.length > 0) return `pnpm bench takes one of: ${built}.`;
  if (!existsSync(file)) return `The benchmark ${name} is not built yet; there are: ${built}.`;
  if (values.data !== undefined && !existsSync(values.data)) return `There is no data directory ${values.data}.`;
  return undefined;
}
