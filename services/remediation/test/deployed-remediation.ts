import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  AnomalyDetected,
  type EventEntry,
  type Finding,
  ProvisioningAdvised,
  RemediationsAnswer,
  type RemediationsQuery,
} from '@lamplighter/contracts';
import { type Sandbox, startTestSandbox } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';
import type { Advice } from '../src/domain/advised-finding.ts';
import type { RemediationConfig } from '../src/domain/remediation-config.ts';

const SERVICES = join(import.meta.dirname, '../..');

type Guardrails = Partial<RemediationConfig['guardrails']>;

/** Backbone, ingestion and remediation as packaged, in a sandbox whose clock stands until it is moved. */
export async function startRemediation(startMs: number, { adviserModel = '' } = {}) {
  const shared = { stage: 'dev', region: 'us-east-1' };
  const packages = await packageServices(
    ['backbone', 'ingestion', 'remediation'].map((name) => ({
      ...shared,
      serviceDir: join(SERVICES, name),
      ...(name === 'ingestion' && { params: { door: 'direct' } }),
      ...(name === 'remediation' && adviserModel !== '' && { params: { adviserModel } }),
    })),
  );
  const { sandbox, clock, stop } = await startTestSandbox({ startMs });
  const stacks = [];
  for (const { directory } of packages) stacks.push(await sandbox.deploy(directory));
  return {
    sandbox,
    clock,
    stop,
    stack: stacks.at(-1)!,
    approvalUrl: String(stacks.at(-1)!.outputs.ApprovalUrl),
    /** Lets what is due come to its end, and time pass. */
    async settle(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    setGuardrails: (guardrails: Guardrails) => putConfig(sandbox, guardrails),
    find: (finding: Finding) =>
      publish(
        sandbox,
        AnomalyDetected.entry({ change: 'opened', finding }, `${finding.findingId}/${finding.revision}`),
      ),
    advise: (advice: Advice) => publish(sandbox, ProvisioningAdvised.entry(advice, advice.adviceId)),
    ask: (query: RemediationsQuery) => ask(sandbox, query),
    configurationOf: (FunctionName: string) =>
      sandbox.client(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName })),
  };
}
export type RemediationHouse = Awaited<ReturnType<typeof startRemediation>>;

export function findingOf(
  finding: Pick<Finding, 'class' | 'openedAt'> & Partial<Finding> & { readonly functionName: string },
): Finding {
  const { functionName, ...rest } = finding;
  const id = `${finding.class}/123456789012/us-east-1/${functionName}/${finding.openedAt}`;
  return {
    findingId: id,
    severity: 'critical',
    resource: { accountId: '123456789012', region: 'us-east-1', type: 'lambda-function', name: functionName },
    state: 'open',
    revision: 0,
    updatedAt: finding.openedAt,
    title: `${functionName} has ${finding.class}`,
    explanation: 'It is so.',
    evidence: [],
    causes: [],
    groupKey: id,
    confidence: 0.9,
    lookAt: [],
    ...rest,
  };
}

async function publish(sandbox: Sandbox, entry: EventEntry): Promise<void> {
  await sandbox
    .client(EventBridgeClient)
    .send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: 'lamplighter-dev' }] }));
}

async function ask(sandbox: Sandbox, query: RemediationsQuery): Promise<RemediationsAnswer> {
  const { Payload, FunctionError } = await sandbox.client(LambdaClient).send(
    new InvokeCommand({
      FunctionName: 'lamplighter-remediation-dev-query-remediations',
      Payload: JSON.stringify(query),
    }),
  );
  const answer = Buffer.from(Payload!).toString();
  if (FunctionError) throw new Error(`query-remediations failed: ${answer}`);
  return RemediationsAnswer.parse(JSON.parse(answer));
}

/** Where two people would have to say yes, only its name lets a playbook act by itself. */
const NEED_TWO = ['stop-loop', 'api-throttle', 'api-cache', 'mapping-pause'];

async function putConfig(sandbox: Sandbox, guardrails: Guardrails): Promise<void> {
  const everything = {
    mode: 'automatic',
    allow: [{ playbooks: NEED_TWO, mode: 'automatic' }, { playbooks: ['*'] }],
    automaticUpToRisk: 'high',
    coolDownMinutes: 0,
  };
  const config = { guardrails: { ...everything, ...guardrails }, approvers: ['anna', 'ben'] };
  const parameter = { Name: '/lamplighter/dev/remediation/guardrails', Value: JSON.stringify(config), Overwrite: true };
  await sandbox.client(SSMClient).send(new PutParameterCommand(parameter));
}
