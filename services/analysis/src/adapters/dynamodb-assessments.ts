import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  type Put,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { FindingChange } from '@lamplighter/diagnosis';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { AssessmentPort, StoredAssessment } from '../ports.ts';
import { ALL_FINDINGS, assessmentKey, findingKey, OPEN_FINDINGS } from './analysis-keys.ts';
import { packAssessment, unpackAssessment } from './packed-assessment.ts';

/** A finding is kept so long after it was last heard of, an assessment so long after the last window. */
const KEEP_SECONDS = 400 * 86_400;

/** Assessments, packed, and their findings in one table; both change in one transaction. */
export function dynamoDbAssessments(
  client: DynamoDBClient,
  tableName: string,
  logger: Pick<StructuredLogger, 'error'>,
): AssessmentPort {
  return {
    async read(identity) {
      const Key = marshall(assessmentKey(identity));
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
      if (Item === undefined) return { version: 0 };
      const { version, assessment } = unmarshall(Item) as { version: number; assessment: Uint8Array };
      const { stored, problem } = unpackAssessment(assessment);
      if (problem !== undefined)
        logger.error('a stored assessment cannot be continued: the function is learnt anew, its findings stay', {
          functionName: identity.functionName,
          problem,
        });
      return { version, ...(stored !== undefined && { stored }) };
    },
    async write(identity, stored, { version, changes }) {
      const assessment: Put = {
        TableName: tableName,
        Item: marshall({
          ...assessmentKey(identity),
          version: version + 1,
          assessment: packAssessment(stored),
          expiresAt: Math.floor(newestOf(stored) / 1000) + KEEP_SECONDS,
        }),
        ...unlessChanged(version),
      };
      const findings = lastOfEach(changes).map((change) => writeOfFinding(change, tableName));
      try {
        // A transaction costs twice: only where findings have to change with the assessment.
        if (findings.length === 0) await client.send(new PutItemCommand(assessment));
        else await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: assessment }, ...findings] }));
        return 'written';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },
  };
}

/** The newest minute that the function was heard of. */
const newestOf = ({ state, contextAt }: StoredAssessment): number => state.pending.at(-1)?.start ?? contextAt;

const unlessChanged = (version: number): Pick<Put, 'ConditionExpression'> =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :version',
        ...{
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': { N: String(version) } },
        },
      };

function isConflict(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (error instanceof Error && error.name === 'TransactionConflictException') return true;
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}

/** One row a finding: the last change of a batch is how it stands. */
function lastOfEach(changes: readonly FindingChange[]): FindingChange[] {
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
