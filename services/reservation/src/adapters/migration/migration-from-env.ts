import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { migrationSubject } from '../../domain/migration/migration-objects.ts';
import type { MigrationFiles, SectionCipher } from '../../migration-ports.ts';
import type { SubjectKeys } from '../../ports.ts';
import type { Runtime } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { ServiceError } from '../../runtime/service-error.ts';
import { aesSectionCipher } from './aes-section-cipher.ts';
import { s3MigrationFiles } from './s3-migration-files.ts';

/** The migration's bucket, as the environment names it. */
export function migrationFilesFromEnv({ call }: Runtime): MigrationFiles {
  const { MIGRATION_BUCKET } = readEnv({ MIGRATION_BUCKET: z.string() });
  return s3MigrationFiles(new S3Client({}), MIGRATION_BUCKET, call);
}

/** The cipher of a migration's sections. Its key is made at the first asking, and gone when the migration was balanced. */
export async function sectionCipherOf(migrationId: string, keys: SubjectKeys): Promise<SectionCipher> {
  const key = await keys.obtain(migrationSubject(migrationId));
  if (key.kind === 'active') return aesSectionCipher(key.key);
  throw new ServiceError('MIGRATION_OVER', `The migration ${migrationId} was balanced, and its sections are erased.`);
}
