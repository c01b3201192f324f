import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Finding } from '@lamplighter/contracts';
import { listingCursor } from '@lamplighter/lambda-kit/listing-cursor';
import { worstOf } from '../domain/worst-of.ts';
import type { FindingPort, FunctionNamed } from '../ports.ts';
import { ALL_FINDINGS, findingKey, OPEN_FINDINGS } from './analysis-keys.ts';

const { cursorOf, keyIn } = listingCursor({ partition: ['everything', ALL_FINDINGS], sortedBy: 'openedAt' });

/** Findings as they stand, by three indexes: open, of a function, all; newest first. */
export function dynamoDbFindings(client: DynamoDBClient, tableName: string): FindingPort {
  const listing = (IndexName: string, attribute: string, value: string, since = 0) => ({
    TableName: tableName,
    IndexName,
    KeyConditionExpression: '#attribute = :value AND openedAt >= :since',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':value': { S: value }, ':since': { N: String(since) } },
    ScanIndexForward: false,
  });
  return {
    async open(since) {
      const findings: Finding[] = [];
      const pages = paginateQuery({ client }, listing('by-openness', 'openness', OPEN_FINDINGS, since));
      for await (const page of pages) {
        findings.push(...(page.Items ?? []).map(findingIn));
        if (findings.length >= MOST_LOOKED_AT) break;
      }
      return worstOf(findings, MOST_OPEN);
    },
    async recent(limit, cursor) {
      const start = cursor === undefined ? {} : { ExclusiveStartKey: keyIn(cursor) };
      const query = { ...listing('by-opening', 'everything', ALL_FINDINGS), Limit: limit, ...start };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(query));
      const next = LastEvaluatedKey && cursorOf(LastEvaluatedKey);
      return { findings: Items.map(findingIn), ...(next && { cursor: next }) };
    },
    async ofFunction(named, limit) {
      const findings: Finding[] = [];
      let lookedAt = 0;
      const pages = paginateQuery(
        { client, pageSize: limit },
        listing('by-function', 'functionName', named.functionName),
      );
      for await (const { Items = [] } of pages) {
        findings.push(...Items.map(findingIn).filter(({ resource }) => isOf(resource, named)));
        lookedAt += Items.length;
        if (findings.length >= limit || lookedAt >= MOST_LOOKED_AT) break;
      }
      return findings.slice(0, limit);
    },
    async byId(findingId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(findingKey(findingId)) }),
      );
      return Item && findingIn(Item);
    },
  };
}

/** A finding has some 3 KB: a Lambda answer holds 6 MB. */
const MOST_OPEN = 1_000;
/** Newest first; for the rest there is neither time nor room. */
const MOST_LOOKED_AT = 5_000;

const isOf = (resource: Finding['resource'], { accountId, region }: FunctionNamed): boolean =>
  (accountId ?? resource.accountId) === resource.accountId && (region ?? resource.region) === resource.region;

const findingIn = (item: Record<string, AttributeValue>): Finding => Finding.parse(unmarshall(item).finding);
