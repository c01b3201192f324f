import type { MigrationFiles } from '../migration-ports.ts';

const READ_AT_ONCE = 64;

/** All reports under a prefix, in the order of their keys. */
export async function gatherReports<T>(files: MigrationFiles, prefix: string): Promise<readonly T[]> {
  const keys = (await files.list(prefix)).map(({ key }) => key);
  const reports: T[] = [];
  for (let from = 0; from < keys.length; from += READ_AT_ONCE)
    reports.push(
      ...(await Promise.all(
        keys.slice(from, from + READ_AT_ONCE).map(async (key) => (await files.readJson(key)) as T),
      )),
    );
  return reports;
}
