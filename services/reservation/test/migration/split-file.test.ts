import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { aesSectionCipher } from '../../src/adapters/migration/aes-section-cipher.ts';
import { historyFormatSchema } from '../../src/domain/migration/history-format.ts';
import { migrationObjects } from '../../src/domain/migration/migration-objects.ts';
import type { SourceFile } from '../../src/domain/migration/reports.ts';
import { readLines } from '../../src/migration/read-lines.ts';
import { readSection } from '../../src/migration/sections.ts';
import { splitFile } from '../../src/migration/split-file.ts';
import { generateHistory } from './generate-history.ts';
import { memoryFiles } from './memory-files.ts';

const formatOf = (kind: 'csv' | 'jsonl') =>
  historyFormatSchema.parse(
    JSON.parse(readFileSync(new URL(`../../samples/history/warehouse-${kind}.format.json`, import.meta.url), 'utf8')),
  );
const SHARDS = 4;
const ID = 'test';
const [WHOLE] = generateHistory({ seed: 5, reservations: 300, files: 1, format: formatOf('csv') }).files;
const CUT_OFF = WHOLE!.body.subarray(0, WHOLE!.body.length / 2);
const cipher = aesSectionCipher(randomBytes(32));

async function split(body: Buffer, kind: 'csv' | 'jsonl' = 'csv') {
  const files = memoryFiles();
  await files.put('history/a.gz', body);
  const [{ etag, bytes } = { etag: '', bytes: 0 }] = await files.list('history/');
  const file: SourceFile = { index: 0, key: 'history/a.gz', etag, bytes };
  const of = { migrationId: ID, format: formatOf(kind), shards: SHARDS };
  const report = await splitFile(file, of, { files, cipher: async () => cipher });
  const rows = [];
  for (let shard = 0; shard < SHARDS; shard += 1)
    rows.push(
      ...(await readSection(files, migrationObjects(ID).sections(0), { migrationId: ID, file: 0, shard, cipher })),
    );
  return { files, file, of, report, rows };
}

test.each(['csv', 'jsonl'] as const)(
  'all rows of a %s file are accepted or rejected for their reason',
  async (kind) => {
    const {
      files: [one],
      truth,
    } = generateHistory({ seed: 3, reservations: 600, files: 1, format: formatOf(kind), brokenShare: 0.3 });

    const { report, rows, files } = await split(one!.body, kind);

    const rejected = Object.values(truth.rejected).reduce((sum, count) => sum + count, 0);
    expect(Object.keys(truth.rejected).length).toBeGreaterThan(8);
    expect(report).toMatchObject({ rows: truth.rows, accepted: truth.rows - rejected, rejected: truth.rejected });
    expect(rows.length).toBe(report.accepted);
    const rejects = files.objects.get(migrationObjects(ID).rejects(0))!.toString('utf8').trim().split('\n');
    expect(rejects.length).toBe(rejected);
    expect(JSON.parse(rejects[0]!)).toEqual({
      line: expect.any(Number),
      code: expect.any(String),
      ...(rejects[0]!.includes('field') && { field: expect.any(String) }),
    });
  },
);

test('what is written names no guest in plain', async () => {
  const {
    files: [one],
  } = generateHistory({ seed: 3, reservations: 50, files: 1, format: formatOf('csv') });

  const { files } = await split(one!.body);

  const written = [...files.objects]
    .filter(([key]) => !key.startsWith('history/'))
    .map(([, body]) => body.toString('latin1'));
  expect(written.join('')).not.toMatch(/guest\d+@example\.com|Smith|García/);
});

test('a report says the same again, and reads nothing again', async () => {
  const {
    files: [one],
  } = generateHistory({ seed: 3, reservations: 50, files: 1, format: formatOf('csv') });
  const { files, file, of, report } = await split(one!.body);
  files.objects.delete('history/a.gz');

  const again = await splitFile(file, of, { files, cipher: () => Promise.reject(new Error('needs no key')) });

  expect(again).toEqual(report);
});

test.each([
  ['NOT_GZIP', Buffer.from('RESV_NO\nW1\n')],
  ['NOT_GZIP', CUT_OFF],
  ['WRONG_HEADER', gzipSync('A,B\n1,2\n')],
  ['WRONG_HEADER', gzipSync('')],
])('a file that is %s gives nothing, and says so', async (code, body) => {
  const { report, rows } = await split(body);

  expect(report).toMatchObject({ rows: 0, accepted: 0, unreadable: code });
  expect(rows).toEqual([]);
});

test('a file that changed since the plan is not read', async () => {
  const files = memoryFiles();
  await files.put('history/a.gz', gzipSync('other'));
  const file = { index: 0, key: 'history/a.gz', etag: 'before', bytes: 1 };

  const report = await splitFile(
    file,
    { migrationId: ID, format: formatOf('csv'), shards: SHARDS },
    { files, cipher: async () => cipher },
  );

  expect(report.unreadable).toBe('SOURCE_CHANGED');
});

test('a section opens as its own shard and file only', async () => {
  const {
    files: [one],
  } = generateHistory({ seed: 3, reservations: 50, files: 1, format: formatOf('csv') });
  const { files } = await split(one!.body);
  const key = migrationObjects(ID).sections(0);

  await expect(readSection(files, key, { migrationId: ID, file: 1, shard: 0, cipher })).rejects.toThrow();
});

test('lines are whole however the bytes are cut, and a long one is held nowhere', async () => {
  const text = Buffer.from(`a\r\nbé\n\n${'x'.repeat(50)}\nlast`);
  for (let size = 1; size <= text.length; size += 1) {
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
      text.subarray(index * size, (index + 1) * size),
    );
    const lines = [];
    for await (const line of readLines(toAsync(chunks), 20))
      lines.push(line.kind === 'line' ? Buffer.from(line.bytes).toString() : line.kind);

    expect(lines).toEqual(['a', 'bé', 'too-long', 'last']);
  }
});

async function* toAsync<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
