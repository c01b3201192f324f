import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { SealedItinerary } from '../domain/pii/sealed-itinerary.ts';
import type { CallDependency, ItineraryStore, StoredItinerary } from '../ports.ts';

/** An item of the table. */
export interface ItineraryItem {
  readonly pk: string;
  readonly revision: number;
  readonly updatedAtMs: number;
  readonly lookups?: Set<string>;
  /** Absent where a reservation has no hotel code or no arrival: such are not found by property. */
  readonly property?: string;
  readonly stay?: string;
  /** The sealed itinerary as JSON. */
  readonly document: string;
}

export const itineraryKey = (confirmation: string): string => `RES#${confirmation}`;
/** Sorts behind every confirmation of a day. */
const LAST = '\uffff';

/** Itineraries in DynamoDB, one item each, by confirmation; index `by-property` by hotel code and day of arrival. */
export function dynamoDbItineraryStore(client: DynamoDBClient, table: string, call: CallDependency): ItineraryStore {
  return {
    get: (confirmation) =>
      call({ dependency: 'dynamodb', statement: 'itinerary by confirmation' }, async () => {
        const Key = marshall({ pk: itineraryKey(confirmation) });
        const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
        return Item && storedItinerary(unmarshall(Item) as ItineraryItem);
      }),

    put: (next) =>
      call({ dependency: 'dynamodb', statement: 'put itinerary' }, async () => {
        try {
          await client.send(
            new PutItemCommand({ TableName: table, Item: marshall(itineraryItem(next)), ...onlyAfter(next) }),
          );
          return 'stored';
        } catch (error) {
          if (error instanceof ConditionalCheckFailedException) return 'conflict';
          throw error;
        }
      }),

    byProperty: ({ property, from, until, limit, start }) =>
      call({ dependency: 'dynamodb', statement: 'itineraries by property' }, async () => {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'by-property',
            // PROPERTY is a reserved word of DynamoDB's.
            KeyConditionExpression: '#property = :property AND stay BETWEEN :from AND :until',
            ExpressionAttributeNames: { '#property': 'property' },
            ExpressionAttributeValues: marshall({ ':property': property, ':from': from, ':until': `${until}#${LAST}` }),
            Limit: limit,
            ...(start === undefined ? {} : { ExclusiveStartKey: marshall(startKey(property, start)) }),
          }),
        );
        const last = LastEvaluatedKey && (unmarshall(LastEvaluatedKey) as ItineraryItem);
        return {
          items: Items.map((item) => storedItinerary(unmarshall(item) as ItineraryItem)),
          next: last?.stay === undefined ? undefined : Buffer.from(last.stay).toString('base64url'),
        };
      }),
  };
}

/** An itinerary as the table has it. */
export function itineraryItem({ itinerary, revision, lookups, updatedAtMs }: StoredItinerary): ItineraryItem {
  const property = itinerary.parts.property?.value.hotelCode;
  const arrival = arrivalOf(itinerary);
  return {
    pk: itineraryKey(itinerary.confirmation),
    revision,
    updatedAtMs,
    ...(lookups.length === 0 ? {} : { lookups: new Set(lookups) }),
    ...(property === undefined || arrival === undefined
      ? {}
      : { property, stay: `${arrival}#${itinerary.confirmation}` }),
    document: JSON.stringify(itinerary),
  };
}

/** The stay's arrival, or the first of its rooms'. */
export function arrivalOf({ parts }: Pick<SealedItinerary, 'parts'>): string | undefined {
  const ofRooms = (parts.roomStays?.value ?? []).flatMap(({ arrival }) => arrival ?? []).sort();
  return parts.stay?.value.arrival ?? ofRooms[0];
}

function onlyAfter({ revision }: StoredItinerary) {
  if (revision === 1) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: 'revision = :before',
    ExpressionAttributeValues: marshall({ ':before': revision - 1 }),
  };
}

/** What an item of the table says. */
export const storedItinerary = ({ document, revision, lookups, updatedAtMs }: ItineraryItem): StoredItinerary => ({
  itinerary: JSON.parse(document) as SealedItinerary,
  revision,
  lookups: [...(lookups ?? [])],
  updatedAtMs,
});

/** @throws RangeError for a text that no page ended with */
function startKey(property: string, start: string): Pick<ItineraryItem, 'pk' | 'property' | 'stay'> {
  const stay = Buffer.from(start, 'base64url').toString('utf8');
  const hash = stay.indexOf('#');
  if (!/^\d{4}-\d{2}-\d{2}#/.test(stay) || hash === stay.length - 1)
    throw new RangeError('The page to start from is none of this list.');
  return { pk: itineraryKey(stay.slice(hash + 1)), property, stay };
}
