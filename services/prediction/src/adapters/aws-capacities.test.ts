import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { RDSClient } from '@aws-sdk/client-rds';
import { expect, test } from '@jest/globals';
import { awsCapacities } from './aws-capacities.ts';

const REGION = { region: 'us-east-1' };
const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });

type Answer = (input: Record<string, unknown>) => unknown;
/** A client that answers from a function in place of the network. */
const answering = <Client extends object>(client: Client, answer: Answer): Client =>
  Object.assign(client, { send: async ({ input }: { input: Record<string, unknown> }) => answer(input) });
const refusing: Answer = () => {
  throw denied;
};

test('what is denied or fails holds no other up, and is named', async () => {
  const { found, failed } = await awsCapacities({
    kinesis: answering(new KinesisClient(REGION), refusing),
    dynamoDb: answering(new DynamoDBClient(REGION), ({ TableName }) => {
      if (TableName === undefined) return { TableNames: ['rooms', 'gone'] };
      if (TableName === 'gone') throw new Error('deleted a moment ago');
      return { Table: { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } } };
    }),
    rds: answering(new RDSClient(REGION), refusing),
    apis: answering(new ApiGatewayV2Client(REGION), ({ ApiId }) =>
      ApiId === undefined
        ? { Items: [{ ApiId: 'a1', Name: 'shop', ProtocolType: 'HTTP' }] }
        : { Items: [{ StageName: '$default' }] },
    ),
  })();

  expect(found).toEqual([
    expect.objectContaining({ kind: 'table', name: 'rooms' }),
    { kind: 'api', name: 'shop', apiId: 'a1', stage: '$default' },
    { kind: 'apis', apiIds: ['a1'] },
  ]);
  expect(failed.map(({ what }) => what).sort()).toEqual(['clusters', 'streams', 'table gone']);
});

const nothing: Answer = () => ({});
const quiet = {
  kinesis: answering(new KinesisClient(REGION), nothing),
  dynamoDb: answering(new DynamoDBClient(REGION), nothing),
  rds: answering(new RDSClient(REGION), nothing),
  apis: answering(new ApiGatewayV2Client(REGION), nothing),
};

test('of more than fifty of a kind the first are watched, which is told', async () => {
  const StreamNames = Array.from({ length: 60 }, (_, at) => `stream-${at}`);
  const kinesis = answering(new KinesisClient(REGION), ({ StreamName }) =>
    StreamName === undefined ? { StreamNames } : { StreamDescriptionSummary: { OpenShardCount: 1 } },
  );

  const { found, failed } = await awsCapacities({ ...quiet, kinesis })();

  expect(found).toHaveLength(50);
  expect(failed).toMatchObject([{ what: 'streams', error: { message: 'Of 60 streams the first 50 are watched.' } }]);
  expect(failed[0]!.unseen).toBeUndefined();
});

test('the requests of a hundred APIs are summed, since each is billed, and that there are more is told', async () => {
  const Items = Array.from({ length: 120 }, (_, at) => ({ ApiId: `a${at}`, ProtocolType: 'HTTP' }));
  const apis = answering(new ApiGatewayV2Client(REGION), ({ ApiId }) => ({ Items: ApiId === undefined ? Items : [] }));

  const { found, failed } = await awsCapacities({ ...quiet, apis })();

  expect(found).toMatchObject([{ kind: 'apis', apiIds: Items.slice(0, 100).map(({ ApiId }) => ApiId) }]);
  expect(failed.map(({ error }) => (error as Error).message)).toEqual([
    'Of 120 apis the first 50 are watched.',
    'Of 120 apis to be summed the first 100 are watched.',
  ]);
});

test('a table on demand that takes more than the quota by default shows that it was raised', async () => {
  const units = async (Table: object) => {
    const answer: Answer = ({ TableName }) =>
      TableName === undefined
        ? { TableNames: ['rooms'] }
        : { Table: { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' }, ...Table } };
    const dynamoDb = answering(new DynamoDBClient(REGION), answer);
    const { found } = await awsCapacities({ ...quiet, dynamoDb })();
    return found;
  };
  const WarmThroughput = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 60_000 };

  expect(await units({ WarmThroughput })).toMatchObject([{ readUnits: 40_000, writeUnits: 60_000 }]);
  expect(await units({ WarmThroughput, OnDemandThroughput: { MaxWriteRequestUnits: 100 } })).toMatchObject([
    { writeUnits: 100 },
  ]);
});
