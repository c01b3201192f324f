import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { dynamoDbTableImport } from '../../adapters/migration/dynamodb-table-import.ts';
import { migrationPrices } from '../../adapters/migration/list-prices.ts';
import { migrationFilesFromEnv } from '../../adapters/migration/migration-from-env.ts';
import { storesFromEnv } from '../../adapters/stores-from-env.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { controlMigration } from './control-migration.ts';

const NAME = 'migrate-control';

/** Plan, check, import and report of a migration. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => ({
      files: migrationFilesFromEnv(runtime),
      keys: storesFromEnv(runtime, { name: NAME, resumeWaitMs: 0 }).keys,
      tableImport: dynamoDbTableImport(
        new DynamoDBClient({}),
        readEnv({ MIGRATION_BUCKET: z.string() }).MIGRATION_BUCKET,
      ),
      prices: migrationPrices(),
      now: runtime.now,
    }),
    handle: controlMigration,
  },
  lambdaSurroundings,
);
