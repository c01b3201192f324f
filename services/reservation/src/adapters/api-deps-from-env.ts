import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { ApiKeys } from '../api-ports.ts';
import type { Itinerary } from '../domain/messages/itinerary.ts';
import type { SealedItinerary } from '../domain/pii/sealed-itinerary.ts';
import type { ServeDeps } from '../http/serve-operations.ts';
import type { Runtime } from '../runtime/define-function.ts';
import { readEnv } from '../runtime/read-env.ts';
import { openItinerary } from '../vault/open-itinerary.ts';
import { derivedApiKeys } from './derived-api-keys.ts';
import { dynamoDbPartners } from './dynamodb-partners.ts';
import { type Stores, type StoresOptions, storesFromEnv } from './stores-from-env.ts';

/** A paused cluster needs about 15 seconds; a caller of the API is waiting, and no caller waits for longer than API Gateway does. */
const RESUME_WAIT_MS = 16_000;

export interface ApiDeps extends ServeDeps, Stores {
  readonly keysOfApi: () => Promise<ApiKeys>;
  readonly open: (sealed: SealedItinerary) => Promise<Itinerary>;
}

/** What both functions of the API are composed of. */
export function apiDepsFromEnv(runtime: Runtime, options: Pick<StoresOptions, 'name' | 'canHoldConnections'>): ApiDeps {
  const env = readEnv({ PARTNERS_TABLE: z.string() });
  const stores = storesFromEnv(runtime, { ...options, resumeWaitMs: RESUME_WAIT_MS });
  return {
    ...stores,
    partners: dynamoDbPartners(new DynamoDBClient({}), env.PARTNERS_TABLE, runtime),
    keysOfApi: derivedApiKeys(stores.keys),
    open: async (sealed) => (await openItinerary(sealed, stores)).itinerary,
    log: runtime.log,
  };
}
