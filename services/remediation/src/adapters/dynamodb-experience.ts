import {
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { agedOutcomes, type Experience, type Outcomes } from '@lamplighter/remedies';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import type { ExperiencePort } from '../ports.ts';
import { EXPERIENCE } from './remediation-keys.ts';

const MOST_TRIES = 5;

/** Counters of outcomes, which age. A repair counts once: a mark of its own is written with the count. */
export function dynamoDbExperience(client: DynamoDBClient, TableName: string, now: () => number): ExperiencePort {
  /** Why it was not written, mark and count, as far as conditions or others stood against it; nothing where it was. */
  const countOnce = async ({ remediation }: StoredRemediation, outcome: 'kept' | 'undone') => {
    const { playbook, findingClass, remediationId } = remediation;
    const row = { pk: EXPERIENCE, sk: `${playbook}#${findingClass}` };
    const mark = {
      TableName,
      Item: marshall({ pk: `LEARNT#${remediationId}`, sk: 'LEARNT', outcome }),
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    const at = now();
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: marshall(row), ConsistentRead: true }));
    const { version = 0, ...known } = Item === undefined ? {} : unmarshall(Item);
    const aged = agedOutcomes(outcomesIn(known), at);
    const counts = { ...aged, [outcome]: aged[outcome] + 1 };
    const count = {
      TableName,
      Item: marshall({ ...row, playbook, findingClass, ...counts, at, version: version + 1 }),
      ...unlessCountedSince(version),
    };
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: mark }, { Put: count }] }));
      return [];
    } catch (error) {
      if (error instanceof TransactionCanceledException) return reasonsIn(error);
      throw error;
    }
  };
  return {
    async all() {
      const found: Experience[] = [];
      const query = {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: EXPERIENCE } },
      };
      for await (const page of paginateQuery({ client }, query)) {
        for (const item of page.Items ?? []) {
          const { playbook, findingClass, ...counts } = unmarshall(item);
          found.push({ playbook, findingClass, ...agedOutcomes(outcomesIn(counts), now()) });
        }
      }
      return found;
    },
    async learn(stored, outcome) {
      for (let tries = 1; ; tries++) {
        const [ofMark, ofCount] = await countOnce(stored, outcome);
        const isCounted = ofMark === 'ConditionalCheckFailed' || ofMark === undefined;
        if (isCounted) return;
        if (tries === MOST_TRIES || ofCount !== 'ConditionalCheckFailed')
          throw new LamplighterError('EXPERIENCE_CONTENDED', 'An outcome could not be counted; the step comes again.');
      }
    },
  };
}

/** Another repair's outcome may come between. A row of an earlier version has no version of its own. */
const unlessCountedSince = (version: number) =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(#version)', ExpressionAttributeNames: { '#version': 'version' } }
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: String(version) } },
      };

const outcomesIn = ({ kept = 0, undone = 0, at }: Partial<Outcomes>): Outcomes => ({
  kept,
  undone,
  ...(at !== undefined && { at }),
});

const reasonsIn = ({ CancellationReasons = [] }: TransactionCanceledException): string[] =>
  CancellationReasons.map(({ Code }) => Code ?? 'None');
