import { DynamoDBClient, type QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { dynamoDbFindings } from './dynamodb-findings.ts';

const finding = (accountId: string, region: string, openedAt: number): Finding => ({
  findingId: `error-burst/${accountId}/${region}/pay/${openedAt}`,
  class: 'error-burst',
  severity: 'warning',
  resource: { accountId, region, type: 'lambda-function', name: 'pay' },
  state: 'resolved',
  revision: 0,
  openedAt,
  updatedAt: openedAt,
  resolvedAt: openedAt,
  title: 'pay fails',
  explanation: 'It fails.',
  evidence: [],
  causes: [],
  groupKey: 'g',
  confidence: 0.9,
  lookAt: [],
});

/** A table of these findings that gives its pages as DynamoDB does. */
function tableOf(findings: readonly Finding[]): DynamoDBClient {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const send = async ({ input }: QueryCommand) => {
    const from = Number(input.ExclusiveStartKey?.at?.N ?? 0);
    const until = from + (input.Limit ?? findings.length);
    return {
      Items: findings.slice(from, until).map((each) => ({ finding: { M: marshall(each) } })),
      ...(until < findings.length && { LastEvaluatedKey: { at: { N: String(until) } } }),
    };
  };
  return Object.assign(client, { send });
}

test('findings of a function are those of its account and region, though others of its name have younger ones', async () => {
  const others = Array.from({ length: 7 }, (_, at) => finding('222222222222', 'us-east-1', 100 - at));
  const elsewhere = finding('111111111111', 'eu-west-1', 50);
  const own = [3, 2, 1].map((at) => finding('111111111111', 'us-east-1', at));
  const { ofFunction } = dynamoDbFindings(tableOf([...others, elsewhere, ...own]), 'findings');

  expect(await ofFunction({ functionName: 'pay', accountId: '111111111111', region: 'us-east-1' }, 2)).toEqual(
    own.slice(0, 2),
  );
  expect(await ofFunction({ functionName: 'pay', accountId: '111111111111' }, 50)).toEqual([elsewhere, ...own]);
  expect(await ofFunction({ functionName: 'pay' }, 2)).toEqual(others.slice(0, 2));
});
