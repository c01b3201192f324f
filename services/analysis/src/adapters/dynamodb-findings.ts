import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Finding } from '@lamplighter/contracts';
import type { FindingPort } from '../ports.ts';
import { ALL_FINDINGS, findingKey, OPEN_FINDINGS } from './analysis-keys.ts';

/** Findings as they stand, by three indexes: open, of a function, all; newest first. */
export function dynamoDbFindings(client: DynamoDBClient, tableName: string): FindingPort {
  const listing = (IndexName: string, attribute: string, value: string) => ({
    TableName: tableName,
    IndexName,
    KeyConditionExpression: '#attribute = :value',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':value': { S: value } },
    ScanIndexForward: false,
  });
  return {
    async open() {
      const findings: Finding[] = [];
      const pages = paginateQuery({ client }, listing('by-openness', 'openness', OPEN_FINDINGS));
      for await (const page of pages) findings.push(...(page.Items ?? []).map(findingIn));
      return findings;
    },
    async recent(limit, cursor) {
      const start =
        cursor === undefined ? {} : { ExclusiveStartKey: JSON.parse(Buffer.from(cursor, 'base64url').toString()) };
      const query = { ...listing('by-opening', 'everything', ALL_FINDINGS), Limit: limit, ...start };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(query));
      const next = LastEvaluatedKey && Buffer.from(JSON.stringify(LastEvaluatedKey)).toString('base64url');
      return { findings: Items.map(findingIn), ...(next && { cursor: next }) };
    },
    async ofFunction(functionName, limit) {
      const query = { ...listing('by-function', 'functionName', functionName), Limit: limit };
      const { Items = [] } = await client.send(new QueryCommand(query));
      return Items.map(findingIn);
    },
    async byId(findingId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(findingKey(findingId)) }),
      );
      return Item && findingIn(Item);
    },
  };
}

const findingIn = (item: Record<string, AttributeValue>): Finding => Finding.parse(unmarshall(item).finding);
