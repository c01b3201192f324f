import * as z from 'zod';
import type { SourceFile } from '../../domain/migration/reports.ts';
import { readPlan } from '../../migration/plan-migration.ts';
import { splitFile } from '../../migration/split-file.ts';
import type { MigrationFiles, SectionCipher } from '../../migration-ports.ts';

/** What ItemBatcher gives: the migration, and a few files of its plan. */
const batchSchema = z.object({
  BatchInput: z.object({ migrationId: z.string() }),
  Items: z.array(z.object({ index: z.number(), key: z.string(), etag: z.string(), bytes: z.number() })),
});

export interface SplitFilesDeps {
  readonly files: MigrationFiles;
  readonly cipherOf: (migrationId: string) => Promise<SectionCipher>;
}

/** Reads a few source files, one after another. */
export async function splitFiles(
  event: unknown,
  { files, cipherOf }: SplitFilesDeps,
): Promise<{ readonly rows: number; readonly accepted: number }> {
  const { BatchInput, Items } = batchSchema.parse(event);
  const { migrationId } = BatchInput;
  const { format, shards } = await readPlan(migrationId, files);
  const cipher = () => cipherOf(migrationId);
  let [rows, accepted] = [0, 0];
  for (const file of Items satisfies SourceFile[]) {
    const report = await splitFile(file, { migrationId, format, shards }, { files, cipher });
    rows += report.rows;
    accepted += report.accepted;
  }
  return { rows, accepted };
}
