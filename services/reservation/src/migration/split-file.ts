import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { DecimalSum } from '../domain/migration/decimal-sums.ts';
import { addAmount } from '../domain/migration/fold-versions.ts';
import type { HistoryFormat } from '../domain/migration/history-format.ts';
import { migrationObjects } from '../domain/migration/migration-objects.ts';
import { type ReadRow, rowReader } from '../domain/migration/read-row.ts';
import { type Rejection, type RejectionCode, RowRejected } from '../domain/migration/rejection.ts';
import type { FileReport, SourceFile, UnreadableCode } from '../domain/migration/reports.ts';
import { shardOf } from '../domain/migration/shard-of.ts';
import { toHistoryMessage } from '../domain/migration/to-history-message.ts';
import type { MigrationFiles, SectionCipher } from '../migration-ports.ts';
import { type Line, readLines } from './read-lines.ts';
import { packSections } from './sections.ts';

export interface SplitFileDeps {
  readonly files: MigrationFiles;
  /** Asked for only where there is something to seal. */
  readonly cipher: () => Promise<SectionCipher>;
}

export interface SplitOf {
  readonly migrationId: string;
  readonly format: HistoryFormat;
  readonly shards: number;
}

/**
 * Reads one source file: valid rows go, sealed, to where their shard finds them, the others are named with their line and
 * reason. The report is written last, so a readable file that has one is done, and is not read again.
 */
export async function splitFile(file: SourceFile, of: SplitOf, { files, cipher }: SplitFileDeps): Promise<FileReport> {
  const objects = migrationObjects(of.migrationId);
  const known = (await files.readJson(objects.fileReport(file.index))) as FileReport | undefined;
  if (known !== undefined && known.unreadable === undefined) return known;
  const split = await readSource(file, of, files);
  const { byShard, rejects, ...report } = split;
  await files.put(
    objects.sections(file.index),
    packSections(byShard, { migrationId: of.migrationId, file: file.index, cipher: await cipher() }),
  );
  if (rejects.length > 0)
    await files.put(
      objects.rejects(file.index),
      Buffer.from(rejects.map((reject) => `${JSON.stringify(reject)}\n`).join('')),
    );
  await files.writeJson(objects.fileReport(file.index), report);
  return report;
}

interface Split extends FileReport {
  /** JSON of accepted rows. */
  readonly byShard: readonly (readonly string[])[];
  readonly rejects: readonly (Rejection & { readonly line: number })[];
}

async function readSource(file: SourceFile, of: SplitOf, files: MigrationFiles): Promise<Split> {
  const source = await files.open(file.key, file.etag);
  if (source.kind === 'unreadable') return unreadable(file, of, source.code, '');
  const hash = createHash('sha256');
  const zipped = source.body.on('data', (chunk: Uint8Array) => hash.update(chunk));
  const unzipped = createGunzip();
  zipped.on('error', (error) => unzipped.destroy(new SourceBroke(error)));
  zipped.pipe(unzipped);
  try {
    const split = await splitLines(file, of, readLines(unzipped, of.format.longestLineBytes));
    return { ...split, sha256: hash.digest('hex') };
  } catch (error) {
    zipped.unpipe(unzipped).destroy();
    const code = codeOf(error);
    if (code === undefined) throw error;
    return unreadable(file, of, code, '');
  }
}

/** The connection to S3 broke: another attempt may read on. */
class SourceBroke extends Error {
  constructor(cause: Error) {
    super('The source broke off.', { cause });
  }
}

function codeOf(error: unknown): UnreadableCode | undefined {
  if (error instanceof WrongHeader) return 'WRONG_HEADER';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('Z_') ? 'NOT_GZIP' : undefined;
}

const unreadable = (file: SourceFile, of: SplitOf, code: UnreadableCode, sha256: string): Split => ({
  file,
  sha256,
  rows: 0,
  accepted: 0,
  rejected: {},
  amounts: {},
  unreadable: code,
  byShard: Array.from({ length: of.shards }, () => []),
  rejects: [],
});

class WrongHeader extends Error {}

async function splitLines(
  file: SourceFile,
  { format, shards }: SplitOf,
  lines: AsyncIterable<Line>,
): Promise<Omit<Split, 'sha256'>> {
  const byShard: string[][] = Array.from({ length: shards }, () => []);
  const rejects: (Rejection & { line: number })[] = [];
  const amounts = new DecimalSum();
  const counted: Partial<Record<RejectionCode, number>> = {};
  let [number, accepted] = [0, 0];
  let readRow: ReadRow | undefined = format.rows.kind === 'jsonl' ? rowReader(format, '') : undefined;
  for await (const line of lines) {
    number += 1;
    if (readRow === undefined) {
      readRow = readerByHeader(format, line);
      continue;
    }
    try {
      const message = toHistoryMessage(readRow(textOf(line)), format);
      byShard[shardOf(message.confirmation.value, shards)]!.push(JSON.stringify(message));
      addAmount(amounts, { message });
      accepted += 1;
    } catch (error) {
      if (!(error instanceof RowRejected)) throw error;
      const { code } = error.rejection;
      counted[code] = (counted[code] ?? 0) + 1;
      rejects.push({ line: number, ...error.rejection });
    }
  }
  if (readRow === undefined) throw new WrongHeader();
  return {
    file,
    rows: accepted + rejects.length,
    accepted,
    rejected: counted,
    amounts: amounts.sums(),
    byShard,
    rejects,
  };
}

function readerByHeader(format: HistoryFormat, line: Line): ReadRow {
  try {
    return rowReader(format, textOf(line).replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof RangeError || error instanceof RowRejected) throw new WrongHeader();
    throw error;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(line: Line): string {
  if (line.kind === 'too-long') throw new RowRejected('LINE_TOO_LONG');
  try {
    return UTF8.decode(line.bytes);
  } catch {
    throw new RowRejected('NOT_UTF8');
  }
}
