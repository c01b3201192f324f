import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defineHandler, readEnv } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbChanges } from '../../adapters/dynamodb-changes.ts';
import { dynamoDbFindings } from '../../adapters/dynamodb-findings.ts';
import { queryFindings } from './query-findings.ts';

/** Questions about findings and changes, from the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'analysis/query-findings',
  compose: () => {
    const env = readEnv({ ANALYSIS_TABLE: z.string() });
    const client = new DynamoDBClient({});
    return {
      findings: dynamoDbFindings(client, env.ANALYSIS_TABLE),
      changes: dynamoDbChanges(client, env.ANALYSIS_TABLE),
    };
  },
  handle: (question: unknown, deps) => queryFindings(question, deps),
});
