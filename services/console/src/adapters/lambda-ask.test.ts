import { LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from '@jest/globals';
import { AlertsAnswer, AuditAnswer } from '@lamplighter/contracts';
import { withAws } from '../../test/aws-that-answers.ts';
import { aGet, fakeDeps } from '../../test/fake-services.ts';
import { answerApi } from '../api/answer-api.ts';
import type { Services } from '../ports.ts';
import { lambdaAsk } from './lambda-ask.ts';

const functions = { kind: 'functions', functions: [] };

test('a service that never answers has failed, and everything else is told', async () => {
  const { status, body } = await withAws(
    ({ url = '' }, response) => void (url.includes('query-audit') && response.end(JSON.stringify(functions))),
    async (client) => {
      const lambda = new LambdaClient(client);
      const services: Partial<Services> = {
        audit: lambdaAsk(lambda, 'query-audit', AuditAnswer),
        alerts: lambdaAsk(lambda, 'query-alerts', AlertsAnswer, { lookMs: 200 }),
      };
      const response = await answerApi(aGet('/api/now'), fakeDeps(services));
      lambda.destroy();
      return response;
    },
  );

  expect(status).toBe(200);
  const told = Object.fromEntries(
    JSON.parse(body).services.map(({ service, state, reason }: Record<string, string>) => [service, [state, reason]]),
  );
  expect(told.ingestion).toEqual(['up', undefined]);
  expect(told.alerting).toEqual(['failed', 'query-alerts: no answer in time']);
});
