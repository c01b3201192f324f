import { join } from 'node:path';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Sandbox, type VirtualClock } from '../../../packages/sandbox/src/index.ts';
import { packageServices } from '../../../packages/sandbox/src/packaging/index.ts';
import { REPOSITORY } from '../../workspace-services.ts';

export interface AlertingStack {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  readonly answerUrl: string;
  readonly signingSecret: string;
  stop(): Promise<void>;
}

const PARAMETERS = '/lamplighter/dev/alerting';
const SECRETS = ['slack-token', 'slack-signing-secret', 'hook-secret', 'pager-key'];

/** Backbone and alerting as packaged, on a clock that stands until it is moved, with their channels at `channelsUrl`. */
export async function startAlertingStack(channelsUrl: string, clock: VirtualClock): Promise<AlertingStack> {
  const sandbox = await Sandbox.start({ clock });
  const [backbone, alerting] = await packageServices(
    ['backbone', 'alerting'].map((name) => ({
      stage: 'dev',
      region: 'us-east-1',
      serviceDir: join(REPOSITORY, 'services', name),
    })),
  );
  await sandbox.deploy(backbone!.directory);
  const stack = await sandbox.deploy(alerting!.directory);
  const ssm = sandbox.client(SSMClient);
  for (const name of SECRETS)
    await ssm.send(
      new PutParameterCommand({ Name: `${PARAMETERS}/${name}`, Value: secretCalled(name), Type: 'SecureString' }),
    );
  const Value = JSON.stringify(policyAt(channelsUrl));
  await ssm.send(new PutParameterCommand({ Name: `${PARAMETERS}/policy`, Value, Overwrite: true }));
  await pointAt(sandbox, channelsUrl);
  return {
    sandbox,
    clock,
    answerUrl: String(stack.outputs.AnswerUrl),
    signingSecret: secretCalled('slack-signing-secret'),
    stop: () => sandbox.stop(),
  };
}

const secretCalled = (name: string): string => `value-of-${name}`;

async function pointAt(sandbox: Sandbox, url: string): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const FunctionName = 'lamplighter-alerting-dev-deliver-alert';
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, SLACK_URL: `${url}/slack`, PAGERDUTY_URL: `${url}/pagerduty` };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}

/** Three people; Slack first, then the second person alone, then everybody; a webhook and PagerDuty stand in. */
function policyAt(url: string): object {
  const tokenParameter = `${PARAMETERS}/slack-token`;
  const rota = { zone: 'Europe/Berlin', since: '2026-01-05', handOver: { every: 'day', at: '09:00' } };
  return {
    people: {
      anna: { zone: 'Europe/Berlin', slackUser: 'U0ANNA' },
      ben: { zone: 'Europe/Berlin', slackUser: 'U0BEN' },
      cleo: { zone: 'America/New_York', slackUser: 'U0CLEO' },
    },
    channels: {
      ops: { type: 'slack', conversation: 'C0OPS', tokenParameter },
      direct: { type: 'slack-direct', tokenParameter },
      hook: { type: 'webhook', url: `${url}/hook`, secretParameter: `${PARAMETERS}/hook-secret` },
      pager: { type: 'pagerduty', routingKeyParameter: `${PARAMETERS}/pager-key` },
      dead: { type: 'webhook', url: `${url}/dead`, secretParameter: `${PARAMETERS}/hook-secret` },
    },
    rotas: { first: { ...rota, people: ['anna', 'ben'] }, second: { ...rota, people: ['ben', 'anna'] } },
    escalation: {
      critical: [
        { afterMinutes: 0, to: ['rota:first'], through: ['ops'] },
        { afterMinutes: 5, to: ['rota:second'], through: ['direct'] },
        { afterMinutes: 5, to: ['everybody'], through: ['hook'] },
      ],
      warning: [{ afterMinutes: 0, to: ['rota:first'], through: ['ops'] }],
      // Nobody is at home there, and nothing stands in: what must be shown as undeliverable.
      info: [{ afterMinutes: 0, to: ['rota:first'], through: ['dead'] }],
    },
    fallbacks: { ops: ['hook', 'pager'], direct: ['hook'], hook: ['pager'] },
  };
}
