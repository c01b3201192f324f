import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { auroraItineraryReport } from '../../adapters/aurora-itinerary-report.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { dynamoDbLivePages, dynamoDbMergedStore } from '../../adapters/migration/dynamodb-live-merge.ts';
import { migrationFilesFromEnv } from '../../adapters/migration/migration-from-env.ts';
import { databaseFromEnv } from '../../adapters/stores-from-env.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { mergePages } from './merge-pages.ts';

const NAME = 'migrate-merge';
const RESUME_WAIT_MS = 45_000;

/** Itineraries of the live table into the new one. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const { ITINERARY_TABLE } = readEnv({ ITINERARY_TABLE: z.string() });
      const client = new DynamoDBClient({});
      return {
        files: migrationFilesFromEnv(runtime),
        live: dynamoDbLivePages(client, ITINERARY_TABLE),
        storeOf: (table: string) => dynamoDbMergedStore(client, table),
        report: auroraItineraryReport(databaseFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS })),
      };
    },
    handle: (event: unknown, deps, context) =>
      mergePages(event, { ...deps, remainingMs: () => context.getRemainingTimeInMillis() }),
  },
  lambdaSurroundings,
);
