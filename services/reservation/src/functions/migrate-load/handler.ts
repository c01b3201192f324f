import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { auroraItineraryReport } from '../../adapters/aurora-itinerary-report.ts';
import { type ItineraryItem, storedItinerary } from '../../adapters/dynamodb-itinerary-store.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { countPresent } from '../../adapters/migration/count-present.ts';
import { migrationFilesFromEnv } from '../../adapters/migration/migration-from-env.ts';
import { databaseFromEnv } from '../../adapters/stores-from-env.ts';
import { defineFunction } from '../../runtime/define-function.ts';
import { loadShards } from './load-shards.ts';

const NAME = 'migrate-load';
/** A paused cluster takes about 15 s, after a day's pause 30 s. */
const RESUME_WAIT_MS = 45_000;

/** A shard's import file into the relational itinerary. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const database = databaseFromEnv(runtime, { name: NAME, resumeWaitMs: RESUME_WAIT_MS });
      return {
        files: migrationFilesFromEnv(runtime),
        report: auroraItineraryReport(database),
        countPresent: countPresent(database),
        readItem,
      };
    },
    handle: loadShards,
  },
  lambdaSurroundings,
);

function readItem(json: string) {
  const { Item } = JSON.parse(json) as { Item: Record<string, AttributeValue> };
  return storedItinerary(unmarshall(Item) as ItineraryItem);
}
