import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AlertRequested, AlertsAnswer, type AlertsQuery } from '@lamplighter/contracts';
import { type Sandbox, type Stack, startTestSandbox } from '@lamplighter/sandbox';
import { FakeChannels } from '@lamplighter/sandbox/fake-channels';
import { packageServices } from '@lamplighter/sandbox/packaging';
import type { AlertingPolicy } from '../src/domain/policy/policy.ts';
import { testPolicy } from './test-policy.ts';

const SERVICES = join(import.meta.dirname, '../..');
const BUS = 'lamplighter-dev';
export const SIGNING_SECRET = 'slack-signing-secret';
export const HOOK_SECRET = 'hook-secret';
const SECRETS = {
  'slack-token': 'xoxb-test',
  'slack-signing-secret': SIGNING_SECRET,
  'hook-secret': HOOK_SECRET,
  'pager-key': 'routing-key',
};

/** Backbone and alerting as packaged, in a sandbox whose clock stands until it is moved, with channels on loopback. */
export async function startAlerting(startMs: number) {
  const { sandbox, clock, stop } = await startTestSandbox({ startMs });
  const channels = await FakeChannels.start({ now: () => clock.now() });
  const [backbone, alerting] = await packageServices([
    { stage: 'dev', region: 'us-east-1', serviceDir: join(SERVICES, 'backbone') },
    { stage: 'dev', region: 'us-east-1', serviceDir: join(SERVICES, 'alerting') },
  ]);
  await sandbox.deploy(backbone!.directory);
  const stack = await sandbox.deploy(alerting!.directory);
  await putSecrets(sandbox);
  await pointToFakes(sandbox, channels.url);
  const setPolicy = (policy: AlertingPolicy) => putPolicy(sandbox, policy);
  await setPolicy(testPolicy(channels.url));
  return {
    sandbox,
    clock,
    channels,
    stack,
    setPolicy,
    /** Lets what is due come to its end, and time pass. */
    async settle(ms = 0): Promise<void> {
      await sandbox.idle();
      await clock.advance(ms);
      await sandbox.idle();
    },
    request: (request: Partial<AlertRequest> & { readonly id: string }) =>
      publish(sandbox, requestOf(request, clock.now())),
    ask: (query: AlertsQuery) => ask(sandbox, query),
    answerUrl: answerUrl(stack),
    async stop(): Promise<void> {
      await stop();
      await channels.stop();
    },
  };
}
export type Alerting = Awaited<ReturnType<typeof startAlerting>>;

type AlertRequest = (typeof AlertRequested)['example'];

export function requestOf({ id, ...rest }: Partial<AlertRequest> & { readonly id: string }, at: number): AlertRequest {
  return {
    change: 'open',
    groupKey: id,
    subject: { kind: 'other', id },
    revision: 0,
    severity: 'critical',
    title: `${id} is broken`,
    text: `Something is wrong with ${id}.`,
    at,
    ...rest,
  };
}

async function publish(sandbox: Sandbox, detail: AlertRequest): Promise<void> {
  const entry = AlertRequested.entry(detail, `${detail.subject.id}/${detail.revision}`);
  await sandbox.client(EventBridgeClient).send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: BUS }] }));
}

async function ask(sandbox: Sandbox, query: AlertsQuery): Promise<AlertsAnswer> {
  const { Payload, FunctionError } = await sandbox
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName: 'lamplighter-alerting-dev-query-alerts', Payload: JSON.stringify(query) }));
  const answer = Buffer.from(Payload!).toString();
  if (FunctionError) throw new Error(`query-alerts failed: ${answer}`);
  return AlertsAnswer.parse(JSON.parse(answer));
}

async function putSecrets(sandbox: Sandbox): Promise<void> {
  for (const [name, Value] of Object.entries(SECRETS)) {
    const Name = `/lamplighter/dev/alerting/${name}`;
    await sandbox.client(SSMClient).send(new PutParameterCommand({ Name, Value, Type: 'SecureString' }));
  }
}

async function putPolicy(sandbox: Sandbox, policy: AlertingPolicy): Promise<void> {
  const Value = JSON.stringify(policy);
  const Name = '/lamplighter/dev/alerting/policy';
  await sandbox.client(SSMClient).send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
}

/** The port of the fakes is not known when the stack is packaged. */
async function pointToFakes(sandbox: Sandbox, url: string): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const FunctionName = 'lamplighter-alerting-dev-deliver-alert';
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, SLACK_URL: `${url}/slack`, PAGERDUTY_URL: `${url}/pagerduty` };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}

const answerUrl = (stack: Stack): string => String(stack.outputs.AnswerUrl);
