import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

const KEY = { pk: { S: 'SECRET#approval-links' }, sk: { S: 'KEY' } };
const KEY_BYTES = 32;

/** The key that signs approval links: made at first use, kept in the remediation table, read once an environment. Delete the item to void all links. */
export function dynamoDbApprovalKey(client: DynamoDBClient, tableName: string): () => Promise<Uint8Array> {
  let known: Promise<Uint8Array> | undefined;
  const read = async () =>
    (await client.send(new GetItemCommand({ TableName: tableName, Key: KEY, ConsistentRead: true }))).Item?.secret?.B;
  const readOrMake = async (): Promise<Uint8Array> => {
    const kept = await read();
    if (kept !== undefined) return kept;
    const secret = randomBytes(KEY_BYTES);
    try {
      const Item = { ...KEY, secret: { B: secret } };
      await client.send(
        new PutItemCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      );
      return secret;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return (await read())!;
    }
  };
  return () => {
    known ??= readOrMake().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
