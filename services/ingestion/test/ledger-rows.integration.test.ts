import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestSandbox } from '@lamplighter/sandbox';
import { dynamoDbLedger } from '../src/adapters/dynamodb-ledger.ts';

const TableName = 'ledger';
const OWNER = { accountId: '123456789012', region: 'us-east-1' };
const plain = { ...OWNER, functionName: 'shop', logGroup: '/aws/lambda/shop' };
/** As a Web Function was known before it had a name of its own. */
const mistaken = { ...plain, logGroup: '/aws/lambda/web/shop' };

let testing: Awaited<ReturnType<typeof startTestSandbox>>;
let client: DynamoDBClient;
beforeAll(async () => {
  testing = await startTestSandbox({ startMs: Date.UTC(2026, 0, 15), region: OWNER.region });
  client = testing.sandbox.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
});
afterAll(() => testing?.stop());

/** Each by an environment of its own: none remembers what another has registered. */
const ledger = () => dynamoDbLedger(client, TableName);

test('a row that a Web Function took of a function of the same name is given back, and no other changes', async () => {
  await ledger().register(mistaken);
  expect(await ledger().functions()).toEqual([mistaken]);

  await ledger().register(plain);
  expect(await ledger().functions()).toEqual([plain]);

  await ledger().register({ ...plain, logGroup: '/shared/shop' });
  await ledger().register(mistaken);
  expect(await ledger().functions()).toEqual([plain]);

  const web = { ...mistaken, functionName: 'web/shop' };
  await ledger().register(web);
  expect(await ledger().functions()).toEqual([plain, web]);
});
