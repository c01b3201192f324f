import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CallDependency, SubjectKey, SubjectKeys } from '../../ports.ts';
import type { DataKeys } from '../kms-data-keys.ts';
import {
  type BatchKey,
  type BatchWrapped,
  newBatchWrapped,
  openBatchWrapped,
  readBatchWrapped,
} from './batch-wrapped-keys.ts';
import { coalescedReads } from './coalesced-reads.ts';

interface KeyItem {
  readonly pk: string;
  readonly generation: number;
  readonly wrappedKey?: Uint8Array;
  readonly erasedAtMs?: number;
}

export interface BatchSubjectKeysOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** The live way to keys: for renewals, erasures, and keys that somebody else made meanwhile. */
  readonly live: SubjectKeys;
  readonly dataKeys: DataKeys;
  readonly call: CallDependency;
}

/** BatchGetItem's most. */
const READ_AT_ONCE = 100;
const FIRST_GENERATION = 1;
const RETRY_MS = 50;

/**
 * Data keys of many subjects at once: read a hundred a call, made here, and wrapped by one key that KMS made for the batch.
 * A subject's key is still put on the condition that there is none, so live messages and other shards agree with it on one.
 */
export function batchSubjectKeys(options: BatchSubjectKeysOptions, batch: BatchKey): SubjectKeys {
  const { live, dataKeys } = options;
  const known = new Map<string, Promise<SubjectKey>>();
  const read = coalescedReads(READ_AT_ONCE, (subjects) => readItems(options, subjects));
  const batchKeyOf = batchKeysOnce(dataKeys);
  const find = async (subject: string): Promise<SubjectKey | undefined> => {
    const item = await read(subject);
    if (item === undefined) return undefined;
    const { generation, wrappedKey, erasedAtMs = 0 } = item;
    if (wrappedKey === undefined) return { kind: 'erased', subject, generation, erasedAtMs };
    const batched = readBatchWrapped(wrappedKey);
    const key =
      batched === undefined
        ? await dataKeys.unwrap(wrappedKey, { subject, generation })
        : openBatchWrapped(batched, await batchKeyOf(batched), { subject, generation });
    return { kind: 'active', subject, generation, key };
  };
  const create = async (subject: string): Promise<SubjectKey> => {
    const { key, wrapped } = newBatchWrapped(batch, { subject, generation: FIRST_GENERATION });
    const isOurs = await putFirst(options, subject, wrapped);
    return isOurs ? { kind: 'active', subject, generation: FIRST_GENERATION, key } : live.obtain(subject);
  };
  return {
    obtain(subject) {
      const asked = known.get(subject) ?? find(subject).then((key) => key ?? create(subject));
      known.set(subject, asked);
      return asked;
    },
    find,
    renew: (subject, generation) => live.renew(subject, generation),
    erase: (subject, erasedAtMs) => live.erase(subject, erasedAtMs),
  };
}

/** Keys of other shards' batches, each unwrapped by KMS once, however many ask at the same time. */
function batchKeysOnce(dataKeys: DataKeys): (batched: BatchWrapped) => Promise<Uint8Array> {
  const asked = new Map<string, Promise<Uint8Array>>();
  return ({ batch, wrappedBatchKey }) => {
    const name = Buffer.from(wrappedBatchKey).toString('base64');
    const key = asked.get(name) ?? dataKeys.unwrap(wrappedBatchKey, batch);
    asked.set(name, key);
    return key;
  };
}

async function readItems(
  { client, table, call }: BatchSubjectKeysOptions,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, KeyItem>> {
  const found = new Map<string, KeyItem>();
  let left = [...new Set(subjects)].map((pk) => marshall({ pk }));
  while (left.length > 0) {
    const { Responses, UnprocessedKeys } = await call({ dependency: 'dynamodb', statement: 'keys of subjects' }, () =>
      client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } })),
    );
    for (const item of Responses?.[table] ?? []) found.set(item.pk!.S!, unmarshall(item) as KeyItem);
    left = UnprocessedKeys?.[table]?.Keys ?? [];
    if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return found;
}

async function putFirst(
  { client, table, call }: BatchSubjectKeysOptions,
  pk: string,
  wrappedKey: Uint8Array,
): Promise<boolean> {
  const Item = marshall({ pk, generation: FIRST_GENERATION, wrappedKey });
  try {
    await call({ dependency: 'dynamodb', statement: 'put key of subject' }, () =>
      client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
