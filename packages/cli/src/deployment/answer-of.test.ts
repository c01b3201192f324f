import type { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, test } from '@jest/globals';
import { askAlerts } from '../alerts/ask-alerts.ts';
import { deployedAuditSource } from '../audit/source/deployed-audit-source.ts';
import { deployedFindings } from '../findings/deployed-findings.ts';
import { askForecasts } from '../forecast/ask-forecasts.ts';
import { askRepairs } from '../repairs/ask-repairs.ts';
import type { OpenDeployment } from './with-deployment.ts';

/** A deployment whose query functions all give this answer. */
function answering(answer: unknown): OpenDeployment {
  const send = async () => ({ Payload: Buffer.from(JSON.stringify(answer)) });
  return { client: { send } as unknown as LambdaClient, stage: 'prod', name: 'here', now: async () => 0 };
}

const ASKED: readonly (readonly [service: string, ask: (deployment: OpenDeployment) => Promise<unknown>])[] = [
  ['alerting', (deployment) => askAlerts(deployment, { kind: 'open' })],
  ['remediation', (deployment) => askRepairs(deployment, { kind: 'guardrails' })],
  ['prediction', (deployment) => askForecasts(deployment, { kind: 'capacity' })],
  ['analysis', deployedFindings],
  ['ingestion', (deployment) => deployedAuditSource(deployment).ask({ kind: 'functions' })],
];

describe.each(ASKED)('%s of another release', (service, ask) => {
  test.each([
    ['in a kind that is not known', { kind: 'hologram' }],
    ['with what has another shape', { kind: 'alerts', alerts: [{ id: 7 }], findings: 3, functions: 1 }],
  ])('that answers %s is one error with its way out', async (_how, answer) => {
    await expect(ask(answering(answer))).rejects.toMatchObject({
      code: 'other-release',
      message: expect.stringMatching(new RegExp(`^lamplighter-${service}-prod-query-\\w+ answers in a version`)),
      wayOut: expect.stringContaining(`services/${service}`),
    });
  });
});

test.each(ASKED.slice(0, 3))('%s that does not know a question says so', async (_service, ask) => {
  await expect(ask(answering({ kind: 'invalid-query', reason: 'kind: no such' }))).rejects.toMatchObject({
    code: 'other-release',
    message: expect.stringContaining('does not understand: kind: no such'),
  });
});
