import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defineHandler, readEnv } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { dynamoDbFindings } from '../../adapters/dynamodb-findings.ts';
import { queryFindings } from './query-findings.ts';

/** Questions about findings, from the command line, the console, and whoever may invoke this function. */
export const handler = defineHandler({
  name: 'analysis/query-findings',
  compose: () => {
    const env = readEnv({ ANALYSIS_TABLE: z.string() });
    return { findings: dynamoDbFindings(new DynamoDBClient({}), env.ANALYSIS_TABLE) };
  },
  handle: (question: unknown, { findings }) => queryFindings(question, findings),
});
