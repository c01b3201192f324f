import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

const KEY_BYTES = 32;

/**
 * The key that signs links of one purpose (`SECRET#<purpose>-links` in a table of the service's own, encrypted at rest as the table is): made at first use,
 * read once an environment. Secrets Manager or KMS would hold it as well, for $0.40 or $1 a month while nothing happens; delete the item to void all links.
 */
export function dynamoDbSigningKey(
  client: DynamoDBClient,
  tableName: string,
  purpose: string,
): () => Promise<Uint8Array> {
  const Key = { pk: { S: `SECRET#${purpose}-links` }, sk: { S: 'KEY' } };
  let known: Promise<Uint8Array> | undefined;
  const read = async () => {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item?.secret?.B;
  };
  const readOrMake = async (): Promise<Uint8Array> => {
    const kept = await read();
    if (kept !== undefined) return kept;
    const secret = randomBytes(KEY_BYTES);
    try {
      const Item = { ...Key, secret: { B: secret } };
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
