import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ChangeBeginning, ChangeOutcome, ChangeRegister, ChangeRequest } from '../api-ports.ts';
import type { CallDependency } from '../ports.ts';

interface ChangeItem {
  readonly pk: string;
  readonly fingerprint: string;
  readonly startedAtMs: number;
  /** Until when the attempt under way is waited for. */
  readonly lockedUntilMs: number;
  /** As JSON, once there is one. */
  readonly outcome?: string;
  /** Seconds of the epoch. */
  readonly expiresAt: number;
}

const KEPT_SECONDS = 86_400;

export interface ChangeRegisterOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly call: CallDependency;
  /** No attempt is under way for longer: the function's timeout. */
  readonly longestAttemptMs: number;
}

/** Changes by their Idempotency-Key in DynamoDB, one item each, for a day. */
export function dynamoDbChangeRegister(options: ChangeRegisterOptions): ChangeRegister {
  const { client, table, call, longestAttemptMs } = options;
  const update = (statement: string, { id, fingerprint }: ChangeRequest, UpdateExpression: string, values: object) =>
    call({ dependency: 'dynamodb', statement }, () =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall({ pk: keyOf(id) }),
          UpdateExpression,
          ConditionExpression: 'fingerprint = :fingerprint',
          ExpressionAttributeValues: marshall({ ':fingerprint': fingerprint, ...values }),
        }),
      ),
    );
  return {
    async begin(request) {
      const fresh = itemOf(request, request.nowMs, longestAttemptMs);
      const found = await call({ dependency: 'dynamodb', statement: 'begin change' }, () =>
        putFresh(client, table, fresh),
      );
      if (found === undefined) return { kind: 'begun', startedAtMs: request.nowMs };
      const verdict = judge(found, request);
      if (verdict !== undefined) return verdict;
      const again = itemOf(request, found.startedAtMs, longestAttemptMs);
      const isOurs = await call({ dependency: 'dynamodb', statement: 'take up change' }, () =>
        takeUp(client, table, again, found),
      );
      return isOurs ? { kind: 'begun', startedAtMs: found.startedAtMs } : { kind: 'in-progress' };
    },
    async end(request, outcome) {
      await update('end change', request, 'SET outcome = :outcome', { ':outcome': JSON.stringify(outcome) });
    },
    async release(request) {
      await update('release change', request, 'SET lockedUntilMs = :never', { ':never': 0 });
    },
  };
}

const keyOf = (id: string): string => `CHANGE#${id}`;

const itemOf = (
  { id, fingerprint, nowMs }: ChangeRequest,
  startedAtMs: number,
  longestAttemptMs: number,
): ChangeItem => ({
  pk: keyOf(id),
  fingerprint,
  startedAtMs,
  lockedUntilMs: nowMs + longestAttemptMs,
  expiresAt: Math.ceil(nowMs / 1_000) + KEPT_SECONDS,
});

/** What the register says of a change that it knows; undefined for one that has to be taken up. */
function judge(found: ChangeItem, { fingerprint, nowMs }: ChangeRequest): ChangeBeginning | undefined {
  if (found.fingerprint !== fingerprint) return { kind: 'another-request' };
  if (found.outcome !== undefined) return { kind: 'ended', outcome: JSON.parse(found.outcome) as ChangeOutcome };
  return found.lockedUntilMs > nowMs ? { kind: 'in-progress' } : undefined;
}

/** Puts a new item, also over one that DynamoDB has not deleted yet. Gives the one that is there already. */
async function putFresh(client: DynamoDBClient, TableName: string, item: ChangeItem): Promise<ChangeItem | undefined> {
  try {
    await client.send(
      new PutItemCommand({
        TableName,
        Item: marshall(item),
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt < :now',
        ExpressionAttributeValues: marshall({ ':now': item.expiresAt - KEPT_SECONDS }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item !== undefined)
      return unmarshall(error.Item) as ChangeItem;
    throw error;
  }
}

/** False where another attempt was faster. */
async function takeUp(
  client: DynamoDBClient,
  TableName: string,
  item: ChangeItem,
  found: ChangeItem,
): Promise<boolean> {
  try {
    await client.send(
      new PutItemCommand({
        TableName,
        Item: marshall(item),
        ConditionExpression: 'lockedUntilMs = :found AND attribute_not_exists(outcome)',
        ExpressionAttributeValues: marshall({ ':found': found.lockedUntilMs }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
