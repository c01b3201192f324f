/** `pnpm --filter @lamplighter/service-reservation measure-migration`: rows that one core splits and seals in a second of CPU time, without any call of AWS. What the estimate's rates rest on. */
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { itineraryItem } from '../../src/adapters/dynamodb-itinerary-store.ts';
import { jweCipher } from '../../src/adapters/jwe-cipher.ts';
import { aesSectionCipher } from '../../src/adapters/migration/aes-section-cipher.ts';
import { newBatchWrapped } from '../../src/adapters/migration/batch-wrapped-keys.ts';
import { historyFormatSchema } from '../../src/domain/migration/history-format.ts';
import { sealShard } from '../../src/migration/seal-shard.ts';
import { splitFile } from '../../src/migration/split-file.ts';
import type { SubjectKey, SubjectKeys } from '../../src/ports.ts';
import { generateHistory } from './generate-history.ts';
import { memoryFiles } from './memory-files.ts';

const RESERVATIONS = 20_000;
const SHARDS = 2;
const MICROSECONDS = 1e6;

const format = historyFormatSchema.parse(
  JSON.parse(readFileSync(new URL('../../samples/history/warehouse-csv.format.json', import.meta.url), 'utf8')),
);
const { files: sources, truth } = generateHistory({ seed: 7, reservations: RESERVATIONS, files: 2, format });
const files = memoryFiles();
for (const { name, body } of sources) await files.put(`history/${name}`, body);
const cipher = aesSectionCipher(randomBytes(32));
const of = { migrationId: 'measure', format, shards: SHARDS };

const splitSeconds = await cpuSeconds(async () => {
  const listed = await files.list('history/');
  for (const [index, source] of listed.entries())
    await splitFile({ index, ...source }, of, { files, cipher: async () => cipher });
});
const sealSeconds = await cpuSeconds(async () => {
  const vault = { cipher: jweCipher, hash: memoryHash(), keys: memoryKeys() };
  const itemJson = (stored: Parameters<typeof itineraryItem>[0]): string =>
    JSON.stringify({ Item: marshall(itineraryItem(stored)) });
  for (let shard = 0; shard < SHARDS; shard += 1)
    await sealShard(
      shard,
      { migrationId: 'measure', files: sources.length, createdAtMs: 0 },
      { files, cipher, vault, itemJson },
    );
});
const zippedBytes = sources.reduce((sum, { body }) => sum + body.length, 0);
console.log(
  JSON.stringify({
    rows: truth.rows,
    splitRowsPerCpuSecond: Math.round(truth.rows / splitSeconds),
    sealReservationsPerCpuSecond: Math.round(RESERVATIONS / sealSeconds),
    zippedBytesPerRow: Math.round(zippedBytes / truth.rows),
  }),
);

async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / MICROSECONDS;
}

function memoryHash() {
  const key = randomBytes(32);
  return async (kind: string, text: string): Promise<string> =>
    createHmac('sha256', key).update(`${kind}\0${text}`).digest('hex').slice(0, 32);
}

/** Keys that are made and wrapped as in a batch, and kept here. */
function memoryKeys(): SubjectKeys {
  const known = new Map<string, SubjectKey>();
  const batch = { key: randomBytes(32), wrapped: randomBytes(184), of: { subject: 'batch:measure', generation: 1 } };
  const refuse = (): Promise<never> => Promise.reject(new Error('Nothing is renewed or erased here.'));
  return {
    async obtain(subject) {
      const { key } = newBatchWrapped(batch, { subject, generation: 1 });
      const made = known.get(subject) ?? ({ kind: 'active', subject, generation: 1, key } as const);
      known.set(subject, made);
      return made;
    },
    find: async (subject) => known.get(subject),
    renew: refuse,
    erase: refuse,
  };
}
