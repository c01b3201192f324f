import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isoTime } from '../domain/iso-time.ts';
import type { Owner } from '../domain/stored-attempt.ts';
import type { TimeRange } from '../domain/time-range.ts';
import { packWindow, unpackWindow } from '../domain/windows/packed-window.ts';
import { type ClosedWindow, figuresHash, isCurrent, type WindowRecord } from '../domain/windows/window-record.ts';
import type { WindowLedgerPort } from '../ports.ts';

/** What the ledger table tells of functions' minutes. */
export function dynamoDbWindowReader(
  client: DynamoDBClient,
  tableName: string,
): Pick<WindowLedgerPort, 'read' | 'current'> {
  const items = async (
    owner: Required<Owner>,
    range: TimeRange,
    isLatest: boolean,
  ): Promise<Record<string, AttributeValue>[]> => {
    const found: Record<string, AttributeValue>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: isLatest,
        KeyConditionExpression: 'pk = :function AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':function': { S: partitionOf(owner) },
          ':from': { S: minuteKeyOf(range.from) },
          ':to': { S: minuteKeyOf(range.to) },
        },
      },
    );
    for await (const page of pages) found.push(...(page.Items ?? []));
    return found;
  };
  return {
    async read(owner, range, { isLatest }) {
      return (await items(owner, range, isLatest)).map(recordOf);
    },
    async current(owner, range) {
      return (await items(owner, range, false)).flatMap((item) => closedWindowOf(item) ?? []);
    },
  };
}

/** The ledger table's partitions WINDOWS#<function>: an item a minute, with its newest window. Records are kept for `keepMs` after their minute, or longer where another keeps them longer. */
export function dynamoDbWindowLedger(client: DynamoDBClient, tableName: string, keepMs: number): WindowLedgerPort {
  /** False where the condition did not hold. */
  const update = async (
    owner: Required<Owner>,
    minute: number,
    input: Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ConditionExpression'>,
    values: Record<string, AttributeValue>,
  ): Promise<boolean> => {
    const Key = { pk: { S: partitionOf(owner) }, sk: { S: minuteKeyOf(minute) } };
    try {
      await client.send(
        new UpdateItemCommand({ TableName: tableName, Key, ...input, ExpressionAttributeValues: values }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  const expiry = (minute: number) => ({ ':expiresAt': { N: String(Math.ceil((minute + keepMs) / 1000)) } });

  return {
    ...dynamoDbWindowReader(client, tableName),
    async note(owner, minute, dueAt) {
      await update(
        owner,
        minute,
        {
          UpdateExpression: 'SET dueAt = :dueAt, expiresAt = if_not_exists(expiresAt, :expiresAt)',
          ConditionExpression: 'attribute_not_exists(dueAt) OR dueAt < :dueAt',
        },
        { ':dueAt': { N: String(dueAt) }, ...expiry(minute) },
      );
    },
    async outdate(owner, minute, changedAt) {
      const input = {
        UpdateExpression: 'SET dueAt = :changedAt',
        ConditionExpression: 'attribute_exists(revision) AND (attribute_not_exists(dueAt) OR dueAt < :changedAt)',
      };
      await update(owner, minute, input, { ':changedAt': { N: String(changedAt) } });
    },
    take(owner, { revision, figures }, over) {
      return update(
        owner,
        figures.start,
        {
          UpdateExpression:
            'SET revision = :revision, figuresHash = :hash, figures = :figures, isPending = :true, expiresAt = :expiresAt REMOVE readAt',
          ConditionExpression: over === undefined ? 'attribute_not_exists(revision)' : 'revision = :over',
        },
        {
          ':revision': { N: String(revision) },
          ':hash': { S: figuresHash(figures) },
          ':figures': { B: packWindow(figures) },
          ':true': { BOOL: true },
          ...(over === undefined ? {} : { ':over': { N: String(over) } }),
          ...expiry(figures.start),
        },
      );
    },
    async confirm(owner, minute, revision, { readAt, whole }) {
      const input = {
        UpdateExpression: 'SET readAt = :readAt, whole = :whole REMOVE isPending',
        ConditionExpression: 'revision = :revision AND (attribute_not_exists(readAt) OR readAt < :readAt)',
      };
      const values = { ':revision': revision, ':readAt': readAt, ':whole': whole };
      await update(owner, minute, input, numbers(values));
    },
  };
}

/** Undefined where the audit tells something else by now, and where a release that kept no windows closed the minute last. */
function closedWindowOf(item: Record<string, AttributeValue>): ClosedWindow | undefined {
  const record = recordOf(item);
  if (!isCurrent(record) || item.figures?.B === undefined || item.whole?.N === undefined) return undefined;
  const figures = unpackWindow(item.figures.B);
  return figuresHash(figures) === record.hash ? { figures, whole: Number(item.whole.N) } : undefined;
}

const numbers = (values: Readonly<Record<string, number>>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { N: String(value) }]));

function recordOf(item: Record<string, AttributeValue>): WindowRecord {
  const { figures: _figures, ...rest } = item;
  const { sk, dueAt, revision, figuresHash: hash, isPending, readAt } = unmarshall(rest);
  return {
    minute: Date.parse(`${sk}:00Z`),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(revision === undefined ? {} : { revision, hash }),
    ...(isPending === undefined ? {} : { isPending }),
    ...(readAt === undefined ? {} : { readAt }),
  };
}

/** Begins with a word, and a function's hours begin with its account: no name of a function leads from one into the other. */
function partitionOf({ accountId, region, functionName }: Required<Owner>): string {
  return `WINDOWS#${accountId}:${region}:${functionName}`;
}

function minuteKeyOf(timestamp: number): string {
  return isoTime(timestamp).slice(0, 16);
}
