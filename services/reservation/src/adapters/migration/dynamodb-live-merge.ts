import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { LivePages, MergedStore } from '../../migration-ports.ts';
import { type ItineraryItem, itineraryItem, itineraryKey, storedItinerary } from '../dynamodb-itinerary-store.ts';

/** A page of a scan: what one invocation merges within seconds. */
const PAGE_ITEMS = 200;

/**
 * The live table by a parallel scan. A start is the primary key of the last item before it. Eventually consistent, at half
 * the price: a write that it does not see yet is merged the next time, and the last time nobody writes any more.
 */
export function dynamoDbLivePages(client: DynamoDBClient, TableName: string): LivePages {
  return async (Segment, TotalSegments, start) => {
    const from = start === undefined ? {} : { ExclusiveStartKey: marshall({ pk: start }) };
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName, Segment, TotalSegments, Limit: PAGE_ITEMS, ...from }),
    );
    const next = LastEvaluatedKey?.pk?.S;
    return {
      items: Items.map((item) => storedItinerary(unmarshall(item) as ItineraryItem)),
      ...(next === undefined ? {} : { next }),
    };
  };
}

/** The new table, written on the condition that an item is of the revision that was read. */
export function dynamoDbMergedStore(client: DynamoDBClient, TableName: string): MergedStore {
  return {
    async get(confirmation) {
      const Key = marshall({ pk: itineraryKey(confirmation) });
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item && storedItinerary(unmarshall(Item) as ItineraryItem);
    },
    async replace(next, before) {
      const condition =
        before === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'revision = :before',
              ExpressionAttributeValues: marshall({ ':before': before.revision }),
            };
      try {
        await client.send(new PutItemCommand({ TableName, Item: marshall(itineraryItem(next)), ...condition }));
        return 'stored';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    },
  };
}
