import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { commandPlace, defineHandler, readEnv, systemClock } from '@lamplighter/lambda-kit';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { aossFromEnv } from '../../adapters/aoss-from-env.ts';
import { cloudWatchLines } from '../../adapters/cloudwatch-lines.ts';
import { keptAnswers } from '../../adapters/kept-answers.ts';
import { lambdaServices } from '../../adapters/lambda-services.ts';
import { answerApi, problemResponse } from '../../api/answer-api.ts';
import { forbidden } from '../../domain/problem.ts';
import { whoAsks } from '../../domain/who-asks.ts';
import { embeddedTextSearch } from '../../search/embedded-text-search.ts';
import { findAnything } from '../../search/find-anything.ts';
import { indexedTextSearch } from '../../search/indexed-text-search.ts';
import { apiRequest, authorizerOf } from './api-request-of.ts';
import { toGateway } from './to-gateway.ts';

/** A person waits; a collection that slept takes longer, and says so. */
const SEARCH_TIMEOUT_MS = 6_000;

/** The API behind the page. */
export const handler = defineHandler({
  name: 'console/answer-request',
  compose: (logger) => {
    const env = readEnv({ STAGE: z.string(), SIGN_IN: z.enum(['iam', 'oidc', 'local']) });
    const { services, forget } = keptAnswers(
      lambdaServices(new LambdaClient({ maxAttempts: 2 }), env.STAGE),
      systemClock,
    );
    const lines = cloudWatchLines(new CloudWatchLogsClient({ maxAttempts: 2 }));
    const embedded = embeddedTextSearch(services, lines, systemClock);
    const text = process.env.SEARCH_ENDPOINT
      ? indexedTextSearch({
          index: aossFromEnv(SEARCH_TIMEOUT_MS),
          recent: embedded,
          logger,
          loggedBy: 'answer-request',
          now: systemClock,
        })
      : embedded;
    const search = findAnything(services, text, { auditMs: SEARCH_TIMEOUT_MS, now: systemClock });
    const endpoint = process.env.AWS_ENDPOINT_URL;
    const api = { services, search, stage: env.STAGE, place: commandPlace(env.STAGE), now: systemClock, forget };
    return { signIn: env.SIGN_IN, endpoint, api };
  },
  handle: async (event: APIGatewayProxyEventV2, { signIn, endpoint, api }) => {
    const by = whoAsks(signIn, authorizerOf(event), endpoint);
    if (by === undefined) return toGateway(problemResponse(forbidden('Nobody is signed in.')), event.headers);
    return toGateway(await answerApi(apiRequest(event, by), api), event.headers);
  },
});
