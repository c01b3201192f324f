import { expect, test } from '@jest/globals';
import { RemediationChanged } from '@lamplighter/contracts';
import { aDeploy, aGet, answered, fakeDeps, finding } from '../../test/fake-services.ts';
import { answerApi } from './answer-api.ts';
import type { FindingDetails } from './get-findings.ts';

test('a finding shows all its repairs, however many others came since, the newest first', async () => {
  const { remediation } = RemediationChanged.example;
  const planned = [1, 2].map((at) => ({ ...remediation, remediationId: `r-${at}`, plannedAt: at }));
  const deps = fakeDeps({
    findings: async () => answered({ kind: 'finding', finding }),
    remediations: async (query) =>
      answered({
        kind: 'remediations',
        remediations: query.kind === 'by-finding' && query.findingId === finding.findingId ? planned : [],
      }),
  });

  const { body } = await answerApi(aGet('/api/finding', { id: finding.findingId }), deps);

  const { remediations, unanswered } = JSON.parse(body) as FindingDetails;
  expect(remediations.map(({ remediationId }) => remediationId)).toEqual(['r-2', 'r-1']);
  expect(unanswered).toEqual([]);
});

test('its commands are told as they can be typed, with the place where this console stands', async () => {
  const lookAt = [{ text: 'A request', command: 'pnpm lamplighter audit r-1' }];
  const deps = fakeDeps({ findings: async () => answered({ kind: 'finding', finding: { ...finding, lookAt } }) });

  const { body } = await answerApi(aGet('/api/finding', { id: finding.findingId }), deps);

  expect((JSON.parse(body) as FindingDetails).finding.lookAt).toEqual([
    { text: 'A request', command: 'npx -y pnpm@10 lamplighter audit r-1 --stage test --region eu-west-1' },
  ]);
});

test('repairs that were not told are not none', async () => {
  const deps = fakeDeps({
    findings: async () => answered({ kind: 'finding', finding }),
    remediations: async () => ({ kind: 'failed', reason: 'TooManyRequestsException' }),
  });

  const { body } = await answerApi(aGet('/api/finding', { id: finding.findingId }), deps);

  expect(JSON.parse(body)).toMatchObject({ remediations: [], unanswered: ['remediation'] });
});

test('what was changed in the two hours before a finding opened, and since, is told with it', async () => {
  const deps = fakeDeps({
    findings: async (query) => {
      if (query.kind !== 'changes') return answered({ kind: 'finding', finding });
      const { name: functionName, accountId, region } = finding.resource;
      expect(query).toMatchObject({ functionName, accountId, region, since: finding.openedAt - 7_200_000 });
      return answered({ kind: 'changes', changes: [aDeploy] });
    },
  });

  const { body } = await answerApi(aGet('/api/finding', { id: finding.findingId }), deps);

  expect(JSON.parse(body).changes).toMatchObject([{ text: 'new code of $LATEST by deployer/anna' }]);
});
