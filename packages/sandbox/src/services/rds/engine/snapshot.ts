import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_stat_statements } from '@electric-sql/pglite/contrib/pg_stat_statements';

/** What every database is opened with: as on Aurora the library of `pg_stat_statements` is there, and its view is once the extension is created. */
const OPTIONS = { extensions: { pg_stat_statements } };

/**
 * A new database from the snapshot in this folder, which is made where it is missing: initialising PostgreSQL takes 5 s and loading a
 * snapshot 0.6 s, both measured on one core. The snapshot is 40 MB and belongs to one version of PGlite.
 */
export async function openSnapshot(folder: string): Promise<PGlite> {
  const file = path.join(folder, `pglite-${pgliteVersion()}-without-extensions.tar`);
  if (!existsSync(file)) return makeSnapshot(folder, file);
  return PGlite.create({ ...OPTIONS, loadDataDir: new Blob([new Uint8Array(await readFile(file))]) });
}

async function makeSnapshot(folder: string, file: string): Promise<PGlite> {
  const database = await PGlite.create(OPTIONS);
  await database.exec('create role rds_superuser');
  const snapshot = await database.dumpDataDir('none');
  await mkdir(folder, { recursive: true });
  // Another process may make the same snapshot: it appears whole, by a rename.
  const draft = path.join(folder, `.draft-${randomUUID()}`);
  await writeFile(draft, Buffer.from(await snapshot.arrayBuffer()));
  await rename(draft, file);
  return database;
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = createRequire(import.meta.url)(path.join(path.dirname(entry), '..', 'package.json')) as {
    readonly version: string;
  };
  return manifest.version;
}
