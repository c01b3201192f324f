import { join } from 'node:path';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { migrationFiles } from '../../adapters/migration-files.ts';
import { databaseFromEnv } from '../../adapters/stores-from-env.ts';
import { migrate } from '../../database/migrate.ts';
import { defineFunction } from '../../runtime/define-function.ts';

const NAME = 'migrate-database';
/** Longer than a cluster that slept for a day needs. */
const RESUME_WAIT_MS = 60_000;

/** Brings the relational schema up to date; asked again it does nothing. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) =>
      databaseFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS, canHoldConnections: false }),
    handle: async (_event: unknown, database) => {
      const migrations = await migrationFiles(join(process.env.LAMBDA_TASK_ROOT ?? '.', 'migrations'));
      return { known: migrations.length, applied: await migrate(migrations, database) };
    },
  },
  lambdaSurroundings,
);
