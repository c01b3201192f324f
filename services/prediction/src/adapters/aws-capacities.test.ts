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
