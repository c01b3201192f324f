/** `pnpm --filter @lamplighter/service-reservation rehearse-migration [--reservations N] [--files N] [--shards N]`: migrates a generated history in the sandbox, killed twice, and says whether both stores have it to the last record. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { historyFormatSchema } from '../../src/domain/migration/history-format.ts';
import { startReservation } from '../deployed-reservation.ts';
import { generateHistory } from './generate-history.ts';
import { differences, rehearse } from './rehearse.ts';

const { values } = parseArgs({
  options: {
    reservations: { type: 'string', default: '200000' },
    files: { type: 'string', default: '40' },
    shards: { type: 'string', default: '32' },
    seed: { type: 'string', default: '7' },
  },
});
const OPENED = 500;
const format = historyFormatSchema.parse(
  JSON.parse(readFileSync(new URL('../../samples/history/warehouse-csv.format.json', import.meta.url), 'utf8')),
);
const history = generateHistory({
  seed: Number(values.seed),
  reservations: Number(values.reservations),
  files: Number(values.files),
  format,
});
const deployed = await startReservation();
const order = {
  migrationId: 'rehearsal',
  source: 'history/rehearsal/',
  table: 'reservation-dev-itineraries-rehearsal',
  shards: Number(values.shards),
  concurrency: 2,
  loadConcurrency: 1,
  filesPerBatch: 1,
};
const startedMs = performance.now();
const tell = (step: string): void => {
  process.stderr.write(`${((performance.now() - startedMs) / 1_000).toFixed(0).padStart(5)} s  ${step}\n`);
};
tell(`${history.truth.rows.toLocaleString('en')} rows in ${history.files.length} files; the first execution starts`);
const { report, status, seconds, killedAt, ...stores } = await rehearse(deployed, history, format, order, tell);
tell('both stores are compared with the truth');
const wrong = await differences(deployed, history.truth, stores, OPENED);
const zippedBytes = history.files.reduce((sum, { body }) => sum + body.length, 0);
const { files: _, ...summary } = report;
console.log(
  JSON.stringify(
    {
      status,
      differences: wrong.slice(0, 10),
      differenceCount: wrong.length,
      zippedBytesPerRow: Math.round(zippedBytes / history.truth.rows),
      itemBytes: Math.round(
        Buffer.byteLength(
          stores.items
            .slice(0, OPENED)
            .map((item) => JSON.stringify(item))
            .join(''),
        ) / Math.min(OPENED, stores.items.length),
      ),
      seconds: { ...seconds, all: (performance.now() - startedMs) / 1_000 },
      killedAt,
      truth: { ...history.truth, newest: history.truth.newest.size, control: undefined },
      ...summary,
    },
    null,
    2,
  ),
);
await deployed.stop();
if (wrong.length > 0 || !report.isBalanced) process.exitCode = 1;
