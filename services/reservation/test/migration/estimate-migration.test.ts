import { expect, test } from '@jest/globals';
import { migrationPrices } from '../../src/adapters/migration/list-prices.ts';
import { estimateMigration } from '../../src/domain/migration/estimate/estimate-migration.ts';
import {
  type MigrationPrices,
  rowsOfBytes,
  shardsFor,
  TYPICAL_RATES,
  TYPICAL_SHAPE,
} from '../../src/domain/migration/estimate/migration-size.ts';
import { renderEstimate } from '../../src/domain/migration/estimate/render-estimate.ts';

const size = {
  rows: 1_000_000,
  distinctShare: 1,
  keysPerReservation: 1,
  itemBytes: 2_000,
  databaseRowBytes: 1_000,
  files: 10,
  shards: 20,
};
const rates = {
  memoryGb: 2,
  splitRowsPerSecond: 10_000,
  sealRowsPerSecond: 1_000,
  concurrency: 5,
  readSeconds: 0,
  readsAtOnce: 1,
  keyWritesPerSecond: 1_000_000,
  importGbPerHour: 4,
  loadRowsPerSecond: 1_000,
  loadConcurrency: 2,
  capacityUnits: 8,
  rowsPerStatement: 100,
  filesPerBatch: 1,
};
const FREE = Object.fromEntries(Object.keys(migrationPrices()).map((name) => [name, 0])) as unknown as MigrationPrices;
const costs = (prices: Partial<MigrationPrices>) => estimateMigration(size, rates, { ...FREE, ...prices });

test('steps take as long as their work on their workers, and what runs side by side counts once', () => {
  const { steps, hours } = costs({});

  expect(Object.fromEntries(steps.map(({ step, seconds }) => [step, seconds]))).toEqual({
    split: 20,
    seal: 200,
    import: 1_800,
    load: 500,
    orchestration: 0,
  });
  expect(hours * 3_600).toBeCloseTo(2_020);
});

test.each([
  ['GB-seconds of three steps', { lambdaGbSecond: 1 }, 200 + 2_000 + 500],
  ['gigabytes imported', { importGb: 1 }, 2],
  ['writes of keys', { tableWrite: 1 }, 1_000_000],
  ['requests of KMS', { kmsRequest: 1 }, 20 + 400],
  ['capacity units by the hour', { capacityUnitHour: 1 }, (500 / 3_600) * 8],
  ['units of 32 KB of the Data API', { dataApiRequest: 1 }, 10_000 * 4],
  ['reads of S3', { s3Get: 1 }, 20 + 400 + 40],
  ['transitions', { transition: 1 }, (10 + 40) * 2 + 300],
])('%s cost their price', (_, prices, usd) => {
  expect(costs(prices).usd).toBeCloseTo(usd);
});

test('90 million rows take hours and some hundred dollars, and the workshop said 90 days', () => {
  const rows = 90_000_000;
  const estimate = estimateMigration(
    { ...TYPICAL_SHAPE, rows, files: 2_000, shards: shardsFor(rows) },
    TYPICAL_RATES,
    migrationPrices(),
  );

  expect(estimate.hours).toBeLessThan(3);
  expect(estimate.usd).toBeLessThan(300);
  expect(estimate.comparisons.map(({ hours }) => hours).slice(0, 2)).toEqual([2_160, 3]);
  expect(renderEstimate(estimate)).toMatch(/^split +\d+ s +\$0\.\d\d$/m);
});

test('shards hold what a function can hold', () => {
  expect([shardsFor(1), shardsFor(90_000_000), shardsFor(10_000_000_000)]).toEqual([1, 2_000, 4_096]);
  expect(rowsOfBytes(900)).toBe(20);
});
