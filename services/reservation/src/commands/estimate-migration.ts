/** `pnpm --filter @lamplighter/service-reservation estimate-migration [--rows N] [--files N] [--concurrency N] [--json]`: what a migration will take and cost. */
import { parseArgs } from 'node:util';
import { migrationPrices } from '../adapters/migration/list-prices.ts';
import { estimateMigration } from '../domain/migration/estimate/estimate-migration.ts';
import { shardsFor, TYPICAL_RATES, TYPICAL_SHAPE } from '../domain/migration/estimate/migration-size.ts';
import { renderEstimate } from '../domain/migration/estimate/render-estimate.ts';

const EXIT_MISUSE = 2;
const USAGE =
  'Usage: estimate-migration [--rows N] [--files N] [--shards N] [--concurrency N] [--load-concurrency N] [--json]';
const ROWS_PER_FILE = 45_000;

try {
  main();
} catch (error) {
  const isMisuse = error instanceof RangeError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!isMisuse) throw error;
  console.error((error as Error).message);
  process.exitCode = EXIT_MISUSE;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '90000000' },
      files: { type: 'string' },
      shards: { type: 'string' },
      concurrency: { type: 'string', default: String(TYPICAL_RATES.concurrency) },
      'load-concurrency': { type: 'string', default: String(TYPICAL_RATES.loadConcurrency) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const rows = count('rows', values.rows);
  const files = count('files', values.files ?? String(Math.ceil(rows / ROWS_PER_FILE)));
  const shards = count('shards', values.shards ?? String(shardsFor(rows)));
  const rates = {
    ...TYPICAL_RATES,
    concurrency: count('concurrency', values.concurrency),
    loadConcurrency: count('load-concurrency', values['load-concurrency']),
  };
  const estimate = estimateMigration({ ...TYPICAL_SHAPE, rows, files, shards }, rates, migrationPrices());
  if (values.json) console.log(JSON.stringify(estimate));
  else
    console.log(
      `${rows.toLocaleString('en')} rows in ${files.toLocaleString('en')} files, ${shards.toLocaleString('en')} shards\n\n${renderEstimate(estimate)}`,
    );
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`--${name} must be a whole number from 1, not ${text}.`);
  return number;
}
