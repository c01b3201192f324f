import { type DynamoDBClient, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TraceSpan } from '@lamplighter/contracts';
import { type SpanItem, tracePartitionOf } from '../domain/spans/span-item.ts';
import type { SpansPort } from '../ports.ts';

/** A trace that has more is somebody's flood: the rest is not read. */
const MAX_SPANS = 10_000;

/** Spans in the audit table: a partition a trace. */
export function dynamoDbSpans(client: DynamoDBClient, TableName: string): SpansPort {
  return {
    async put(item) {
      await client.send(new PutItemCommand({ TableName, Item: marshall(item, { removeUndefinedValues: true }) }));
    },
    async ofTrace(traceId) {
      const spans: TraceSpan[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: 'pk = :trace AND begins_with(sk, :span)',
          ExpressionAttributeValues: { ':trace': { S: tracePartitionOf(traceId) }, ':span': { S: 'SPAN#' } },
        },
      );
      for await (const page of pages) {
        spans.push(...(page.Items ?? []).map((item) => (unmarshall(item) as SpanItem).span));
        if (spans.length >= MAX_SPANS) break;
      }
      return spans;
    },
  };
}
