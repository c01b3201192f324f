import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type FindingChange, migrateFunctionState, newFunctionState } from '@lamplighter/diagnosis';
import type { AssessmentPort, StoredAssessment } from '../ports.ts';
import { ALL_FINDINGS, assessmentKey, findingKey, OPEN_FINDINGS } from './analysis-keys.ts';

/** A finding is kept so long after it was last heard of, an assessment so long after the last window. */
const KEEP_SECONDS = 400 * 86_400;

/** Assessments, gzipped, and their findings in one table; both change in one transaction. */
export function dynamoDbAssessments(client: DynamoDBClient, tableName: string): AssessmentPort {
  return {
    async read(identity) {
      const Key = marshall(assessmentKey(identity));
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
      if (Item === undefined) return { version: 0 };
      const { version, assessment } = unmarshall(Item) as { version: number; assessment: Uint8Array };
      return { version, stored: unpacked(assessment) };
    },
    async write(identity, stored, { version, changes }) {
      const at = Math.floor(stored.contextAt / 1000);
      const assessment: TransactWriteItem = {
        Put: {
          TableName: tableName,
          Item: marshall({
            ...assessmentKey(identity),
            version: version + 1,
            assessment: gzipSync(JSON.stringify(stored)),
            expiresAt: at + KEEP_SECONDS,
          }),
          ...(version === 0
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#version = :version',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':version': { N: String(version) } },
              }),
        },
      };
      const findings = newestOf(changes).map((change) => writeOfFinding(change, tableName));
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: [assessment, ...findings] }));
        return 'written';
      } catch (error) {
        const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
        const isConflict = reasons.some(
          ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
        );
        if (isConflict) return 'conflict';
        throw error;
      }
    },
  };
}

/** A state of another version cannot be continued: the function is learnt anew, its findings stay. */
function unpacked(assessment: Uint8Array): StoredAssessment {
  const stored = JSON.parse(gunzipSync(assessment).toString()) as StoredAssessment;
  try {
    return { ...stored, state: migrateFunctionState(stored.state) };
  } catch {
    return { ...stored, state: newFunctionState() };
  }
}

/** One row a finding: the last change of a batch is how it stands. */
function newestOf(changes: readonly FindingChange[]): FindingChange[] {
  return [...new Map(changes.map((change) => [change.finding.findingId, change])).values()];
}

function writeOfFinding({ finding }: FindingChange, tableName: string): TransactWriteItem {
  const Item = marshall(
    {
      ...findingKey(finding.findingId),
      finding,
      openedAt: finding.openedAt,
      functionName: finding.resource.name,
      everything: ALL_FINDINGS,
      // Only in the index of open findings while it is open.
      ...(finding.state === 'open' && { openness: OPEN_FINDINGS }),
      expiresAt: Math.floor(finding.updatedAt / 1000) + KEEP_SECONDS,
    },
    { removeUndefinedValues: true },
  );
  return { Put: { TableName: tableName, Item } };
}
