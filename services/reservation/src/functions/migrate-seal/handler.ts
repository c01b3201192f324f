import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { itineraryItem } from '../../adapters/dynamodb-itinerary-store.ts';
import { kmsDataKeys } from '../../adapters/kms-data-keys.ts';
import { lambdaSurroundings } from '../../adapters/lambda-surroundings.ts';
import { batchSubjectKeys } from '../../adapters/migration/batch-subject-keys.ts';
import { migrationFilesFromEnv, sectionCipherOf } from '../../adapters/migration/migration-from-env.ts';
import { storesFromEnv } from '../../adapters/stores-from-env.ts';
import type { StoredItinerary } from '../../ports.ts';
import { defineFunction, type Runtime } from '../../runtime/define-function.ts';
import { readEnv } from '../../runtime/read-env.ts';
import { sealShards } from './seal-shards.ts';

const NAME = 'migrate-seal';

/** Sections of a shard into its import file. */
export const handler = defineFunction(
  {
    name: NAME,
    compose: (runtime) => {
      const stores = storesFromEnv(runtime, { name: NAME, resumeWaitMs: 0 });
      const keysOf = batchKeysFromEnv(runtime, stores.keys);
      return {
        files: migrationFilesFromEnv(runtime),
        itemJson: (stored: StoredItinerary) => JSON.stringify({ Item: marshall(itineraryItem(stored)) }),
        cipherOf: (migrationId: string) => sectionCipherOf(migrationId, stores.keys),
        vaultOf: async (batch: string) => ({ cipher: stores.cipher, hash: stores.hash, keys: await keysOf(batch) }),
      };
    },
    handle: sealShards,
  },
  lambdaSurroundings,
);

function batchKeysFromEnv({ call }: Runtime, live: Parameters<typeof batchSubjectKeys>[0]['live']) {
  const env = readEnv({ KEYS_TABLE: z.string(), DATA_KEY: z.string() });
  const client = new DynamoDBClient({});
  const dataKeys = kmsDataKeys(new KMSClient({}), env.DATA_KEY, call);
  return async (batch: string) => {
    const of = { subject: `batch:${batch}`, generation: 1 };
    return batchSubjectKeys(
      { client, table: env.KEYS_TABLE, live, dataKeys, call },
      { ...(await dataKeys.generate(of)), of },
    );
  };
}
