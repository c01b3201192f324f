import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { CallDependency, SubjectKey, SubjectKeys } from '../ports.ts';
import type { DataKeys } from './kms-data-keys.ts';

interface KeyItem {
  readonly pk: string;
  readonly generation: number;
  readonly wrappedKey?: Uint8Array;
  readonly erasedAtMs?: number;
}

export interface SubjectKeysOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly dataKeys: DataKeys;
  readonly call: CallDependency;
  /** Epoch seconds after which DynamoDB deletes a subject's key by itself. */
  readonly expiresAt: (subject: string) => number | undefined;
}

/** Data keys of subjects: wrapped in a table, unwrapped by KMS. The table is read each time, so an erasure counts at once. */
export function dynamoDbSubjectKeys({ client, table, dataKeys, call, expiresAt }: SubjectKeysOptions): SubjectKeys {
  const find = async (subject: string): Promise<SubjectKey | undefined> => {
    const item = await call({ dependency: 'dynamodb', statement: 'key of subject' }, async () => {
      const Key = marshall({ pk: subject });
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && (unmarshall(Item) as KeyItem);
    });
    if (item === undefined) return undefined;
    const { generation, wrappedKey, erasedAtMs = 0 } = item;
    if (wrappedKey === undefined) return { kind: 'erased', subject, generation, erasedAtMs };
    return { kind: 'active', subject, generation, key: await dataKeys.unwrap(wrappedKey, { subject, generation }) };
  };

  /** Puts a fresh key; where somebody else was faster, theirs counts. */
  const create = async (subject: string, generation: number): Promise<SubjectKey> => {
    const { key, wrapped } = await dataKeys.generate({ subject, generation });
    const isOurs = await call({ dependency: 'dynamodb', statement: 'put key of subject' }, () =>
      succeeds(() => client.send(new PutItemCommand(putOf(table, subject, generation, wrapped, expiresAt(subject))))),
    );
    if (isOurs) return { kind: 'active', subject, generation, key };
    const theirs = await find(subject);
    if (theirs === undefined) throw new Error('A key that was there is gone again.');
    return theirs;
  };

  return {
    find,
    obtain: async (subject) => (await find(subject)) ?? create(subject, 1),
    renew: create,
    async erase(subject, erasedAtMs) {
      const erased = { TableName: table, Key: marshall({ pk: subject }) };
      await call({ dependency: 'dynamodb', statement: 'erase key of subject' }, () =>
        succeeds(() =>
          client.send(
            new UpdateItemCommand({
              ...erased,
              UpdateExpression: 'SET erasedAtMs = :at REMOVE wrappedKey, expiresAt',
              ConditionExpression: 'attribute_exists(wrappedKey)',
              ExpressionAttributeValues: marshall({ ':at': erasedAtMs }),
            }),
          ),
        ),
      );
      const left = await find(subject);
      return left?.kind === 'erased' ? left : undefined;
    },
  };
}

function putOf(TableName: string, pk: string, generation: number, wrappedKey: Uint8Array, expiresAt?: number) {
  return {
    TableName,
    Item: marshall({ pk, generation, wrappedKey, ...(expiresAt === undefined ? {} : { expiresAt }) }),
    ConditionExpression: 'attribute_not_exists(pk) OR (attribute_exists(erasedAtMs) AND generation = :before)',
    ExpressionAttributeValues: marshall({ ':before': generation - 1 }),
  };
}

/** False where the condition did not hold. */
async function succeeds(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
