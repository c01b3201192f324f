import { gunzipSync, gzipSync } from 'node:zlib';
import type { ReservationMessage } from '../domain/messages/reservation-message.ts';
import type { MigrationFiles, SectionCipher } from '../migration-ports.ts';

/** Bytes of one place in the table that an object of sections begins with. */
const PLACE_BYTES = 4;

/** Where a section belongs: it opens there only. */
const placeOf = (migrationId: string, file: number, shard: number): string => `${migrationId}/${file}/${shard}`;

export interface SectionsOf {
  readonly migrationId: string;
  readonly file: number;
  readonly cipher: SectionCipher;
}

/**
 * One object of a file's rows, a section for each shard: a table of where each begins and the last ends, then the sections,
 * JSON lines that are zipped and sealed. One write a file, and each shard reads its own bytes of it.
 */
export function packSections(
  byShard: readonly (readonly string[])[],
  { migrationId, file, cipher }: SectionsOf,
): Buffer {
  const sections = byShard.map((lines, shard) =>
    lines.length === 0
      ? Buffer.alloc(0)
      : cipher.seal(gzipSync(lines.join('\n'), { level: 1 }), placeOf(migrationId, file, shard)),
  );
  const table = Buffer.alloc((sections.length + 1) * PLACE_BYTES);
  let place = table.length;
  sections.forEach((section, shard) => {
    table.writeUInt32BE(place, shard * PLACE_BYTES);
    place += section.length;
  });
  table.writeUInt32BE(place, sections.length * PLACE_BYTES);
  return Buffer.concat([table, ...sections]);
}

/** The rows that a file has for a shard. */
export async function readSection(
  files: Pick<MigrationFiles, 'range'>,
  key: string,
  { migrationId, file, cipher, shard }: SectionsOf & { readonly shard: number },
): Promise<readonly ReservationMessage[]> {
  const places = await files.range(key, shard * PLACE_BYTES, 2 * PLACE_BYTES);
  const [start, end] = [places.readUInt32BE(0), places.readUInt32BE(PLACE_BYTES)];
  if (start === end) return [];
  const sealed = await files.range(key, start, end - start);
  const text = gunzipSync(cipher.open(sealed, placeOf(migrationId, file, shard))).toString('utf8');
  return text.split('\n').map((line) => JSON.parse(line) as ReservationMessage);
}
