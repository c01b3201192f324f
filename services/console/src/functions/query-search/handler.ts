import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import * as z from 'zod';
import { aossFromEnv } from '../../adapters/aoss-from-env.ts';
import { cloudWatchLines } from '../../adapters/cloudwatch-lines.ts';
import { lambdaServices } from '../../adapters/lambda-services.ts';
import { embeddedTextSearch } from '../../search/embedded-text-search.ts';
import { findAnything } from '../../search/find-anything.ts';
import { indexedTextSearch } from '../../search/indexed-text-search.ts';
import { keptFunctions } from './kept-functions.ts';
import { querySearch } from './query-search.ts';

/**
 * Who waits at a terminal may have named a day: it takes longer than a page may, and comes before the function's own end, though the names of
 * functions took their longest.
 */
const AUDIT_MS = 12_000;
const LINES = { deadlineMs: AUDIT_MS, mostPages: 50 };
/** A collection that slept takes longer, and says so. */
const INDEX_TIMEOUT_MS = 14_000;

/** What the console finds, from the command line, and for whoever may invoke this function. */
export const handler = defineHandler({
  name: 'console/query-search',
  compose: (logger) => {
    const { STAGE } = readEnv({ STAGE: z.string() });
    const services = keptFunctions(lambdaServices(new LambdaClient({ maxAttempts: 2 }), STAGE), systemClock);
    const lines = cloudWatchLines(new CloudWatchLogsClient({ maxAttempts: 2 }), LINES);
    const recent = embeddedTextSearch(services, lines, systemClock);
    const text = process.env.SEARCH_ENDPOINT
      ? indexedTextSearch({
          index: aossFromEnv(INDEX_TIMEOUT_MS),
          recent,
          logger,
          loggedBy: 'query-search',
          now: systemClock,
        })
      : recent;
    return findAnything(services, text, { auditMs: AUDIT_MS, now: systemClock });
  },
  handle: (question: unknown, search) => querySearch(question, search),
});
