import { expect, test } from '@jest/globals';
import { RemediationChanged, type RemediationsQuery } from '@lamplighter/contracts';
import { aGet, answered, fakeDeps } from '../../test/fake-services.ts';
import type { Services } from '../ports.ts';
import { answerApi } from './answer-api.ts';
import type { Now } from './get-now.ts';

async function nowOf(services: Partial<Services>): Promise<Now> {
  return JSON.parse((await answerApi(aGet('/api/now'), fakeDeps(services))).body);
}

const { remediation } = RemediationChanged.example;
const inState = (remediationId: string, state: typeof remediation.state) => ({ ...remediation, remediationId, state });

test('a repair that waits is told behind any number of newer ones, and once', async () => {
  const asked: RemediationsQuery[] = [];
  const old = inState('old', 'awaiting-approval');
  const now = await nowOf({
    remediations: async (query) => {
      asked.push(query);
      return answered({
        kind: 'overview',
        waiting: [old],
        recent: [inState('new', 'dry-run-ended'), old],
        isKilled: true,
      });
    },
  });

  expect(now.waiting.map(({ remediationId }) => remediationId)).toEqual(['old']);
  expect(now.remediations.map(({ remediationId }) => remediationId)).toEqual(['new']);
  expect(now.isKilled).toBe(true);
  expect(asked).toHaveLength(1);
});

test('a service of another release than the console has failed', async () => {
  const now = await nowOf({ remediations: async () => answered({ kind: 'invalid-query', reason: 'no query' }) });

  expect(now.services).toContainEqual({
    service: 'remediation',
    state: 'failed',
    reason: 'The remediation service does not know this question: deploy it again.',
  });
});
