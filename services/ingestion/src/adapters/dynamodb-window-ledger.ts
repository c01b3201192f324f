import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Owner } from '../domain/stored-attempt.ts';
import { figuresHash, type WindowRecord } from '../domain/windows/window-record.ts';
import type { WindowLedgerPort } from '../ports.ts';

/** The ledger table's partitions WINDOWS#<function>: an item a minute. Records are kept for `keepMs` after their minute. */
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
    async read(owner, range, { isLatest }) {
      const records: WindowRecord[] = [];
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
      for await (const page of pages) records.push(...(page.Items ?? []).map(recordOf));
      return records;
    },
    async note(owner, minute, dueAt) {
      await update(
        owner,
        minute,
        {
          UpdateExpression: 'SET dueAt = :dueAt, expiresAt = :expiresAt',
          ConditionExpression: 'attribute_not_exists(dueAt) OR dueAt < :dueAt',
        },
        { ':dueAt': { N: String(dueAt) }, ...expiry(minute) },
      );
    },
    take(owner, { revision, figures }, over) {
      return update(
        owner,
        figures.start,
        {
          UpdateExpression: 'SET revision = :revision, figuresHash = :hash, isPending = :true, expiresAt = :expiresAt',
          ConditionExpression: over === undefined ? 'attribute_not_exists(revision)' : 'revision = :over',
        },
        {
          ':revision': { N: String(revision) },
          ':hash': { S: figuresHash(figures) },
          ':true': { BOOL: true },
          ...(over === undefined ? {} : { ':over': { N: String(over) } }),
          ...expiry(figures.start),
        },
      );
    },
    async confirm(owner, minute, revision) {
      const input = { UpdateExpression: 'REMOVE isPending', ConditionExpression: 'revision = :revision' };
      await update(owner, minute, input, { ':revision': { N: String(revision) } });
    },
  };
}

function recordOf(item: Record<string, AttributeValue>): WindowRecord {
  const { sk, dueAt, revision, figuresHash: hash, isPending } = unmarshall(item);
  return {
    minute: Date.parse(`${sk}:00Z`),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(revision === undefined ? {} : { revision, hash }),
    ...(isPending === undefined ? {} : { isPending }),
  };
}

/** Begins with a word, and a function's hours begin with its account: no name of a function leads from one into the other. */
function partitionOf({ accountId, region, functionName }: Required<Owner>): string {
  return `WINDOWS#${accountId}:${region}:${functionName}`;
}

function minuteKeyOf(timestamp: number): string {
  return new Date(timestamp).toISOString().slice(0, 16);
}
