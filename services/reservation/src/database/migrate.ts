import type { DataApi } from '../adapters/data-api.ts';

/** One step of the schema: a file of migrations/, named by its order. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const REGISTER = `
CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`;
/** Any number: whoever migrates holds it until their transaction ends. */
const LOCK = 'SELECT pg_advisory_xact_lock(7041)';

/** Applies what was not applied yet, in order, each in a transaction of its own; resolves with the names of those. */
export async function migrate(migrations: readonly Migration[], database: DataApi): Promise<readonly string[]> {
  await database.run('register of migrations', REGISTER);
  const applied: string[] = [];
  for (const migration of migrations) {
    const isApplied = await database.transaction((within) => apply(migration, within));
    if (isApplied) applied.push(migration.name);
  }
  return applied;
}

async function apply({ name, sql }: Migration, database: DataApi): Promise<boolean> {
  await database.run('lock of migrations', LOCK);
  const known = await database.run('known migration', 'SELECT name FROM schema_migration WHERE name = :name', { name });
  if (known.length > 0) return false;
  for (const statement of statementsOf(sql)) await database.run(`migrate ${name}`, statement);
  await database.run('note migration', 'INSERT INTO schema_migration (name) VALUES (:name)', { name });
  return true;
}

/** The Data API takes one statement a call. A semicolon at the end of a line ends a statement. */
export const statementsOf = (sql: string): string[] =>
  sql
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '');
