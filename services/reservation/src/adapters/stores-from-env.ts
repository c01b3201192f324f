import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import * as z from 'zod';
import type { ItineraryReport, ItineraryStore } from '../ports.ts';
import type { Runtime } from '../runtime/define-function.ts';
import { readEnv } from '../runtime/read-env.ts';
import type { VaultDeps } from '../vault/seal-itinerary.ts';
import { auroraItineraryReport } from './aurora-itinerary-report.ts';
import { pressedConnections } from './connection-pool-fault.ts';
import { type DataApi, dataApi } from './data-api.ts';
import { dynamoDbItineraryStore } from './dynamodb-itinerary-store.ts';
import { dynamoDbSubjectKeys } from './dynamodb-subject-keys.ts';
import { jweCipher } from './jwe-cipher.ts';
import { kmsDataKeys } from './kms-data-keys.ts';
import { keyedLookupHash } from './lookup-hash.ts';

export interface StoresOptions {
  /** The function's name, as faults name it. */
  readonly name: string;
  /** Milliseconds that a statement waits for a paused cluster. */
  readonly resumeWaitMs: number;
  /** Whether the fault of connection pool pressure can hit it; true where absent. */
  readonly canHoldConnections?: boolean;
}

export interface Stores extends VaultDeps {
  readonly store: ItineraryStore;
  readonly report: ItineraryReport;
  readonly database: DataApi;
  readonly now: () => number;
}

const DAY_SECONDS = 86_400;
/** Days that a day's key outlives what may be put aside on that day. */
const GRACE_DAYS = 2;

/** Itineraries, their report and the keys, as the environment names them. */
export function storesFromEnv(runtime: Runtime, options: StoresOptions): Stores {
  const env = readEnv({
    ITINERARY_TABLE: z.string(),
    KEYS_TABLE: z.string(),
    DATA_KEY: z.string(),
    DEAD_LETTER_DAYS: z.coerce.number().int().positive().default(30),
  });
  const { call } = runtime;
  const client = new DynamoDBClient({});
  const database = databaseFromEnv(runtime, options);
  const keys = dynamoDbSubjectKeys({
    client,
    table: env.KEYS_TABLE,
    dataKeys: kmsDataKeys(new KMSClient({}), env.DATA_KEY, call),
    call,
    expiresAt: (subject) => expiryOfDay(subject, env.DEAD_LETTER_DAYS),
  });
  return {
    keys,
    cipher: jweCipher,
    hash: keyedLookupHash(keys),
    store: dynamoDbItineraryStore(client, env.ITINERARY_TABLE, call),
    report: auroraItineraryReport(database),
    database,
    now: runtime.now,
  };
}

/** The relational database alone. */
export function databaseFromEnv(
  runtime: Runtime,
  { name, resumeWaitMs, canHoldConnections = true }: StoresOptions,
): DataApi {
  const env = readEnv({ CLUSTER_ARN: z.string(), CLUSTER_SECRET_ARN: z.string(), DATABASE: z.string() });
  const target = { resourceArn: env.CLUSTER_ARN, secretArn: env.CLUSTER_SECRET_ARN, database: env.DATABASE };
  const database = dataApi({ ...target, client: new RDSDataClient({}), call: runtime.call, resumeWaitMs });
  return canHoldConnections ? pressedConnections(database, name, runtime.faults) : database;
}

/** Keys of days expire with what they seal; all others live until they are erased. */
function expiryOfDay(subject: string, deadLetterDays: number): number | undefined {
  if (!subject.startsWith('day:')) return undefined;
  return Date.parse(subject.slice('day:'.length)) / 1_000 + (deadLetterDays + GRACE_DAYS) * DAY_SECONDS;
}
