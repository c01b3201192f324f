import { join } from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeAccountPoliciesCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
  PutAccountPolicyCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sandbox, startTestSandbox } from '@lamplighter/sandbox';
import { packageServices } from '@lamplighter/sandbox/packaging';
import { requestAws } from '../src/adapters/request-aws.ts';
import { sdkAws } from '../src/adapters/sdk-aws.ts';
import type { AwsPort } from '../src/preflight/aws-port.ts';
import { SampleWorkshop } from './package-sample.ts';

const SERVICES = join(import.meta.dirname, '../../../services');
const OWN_ROUND = { watchedLogGroupPrefix: '/aws/lambda/nobody-' };

let account: Awaited<ReturnType<typeof startTestSandbox>>;
let workshop: SampleWorkshop;
const sandbox = (): Sandbox => account.sandbox;
const logs = (): CloudWatchLogsClient => sandbox().client(CloudWatchLogsClient);

/** Lamplighter by both doors, its own round watching nothing, so that what is subscribed comes from the plugin. */
beforeAll(async () => {
  account = await startTestSandbox();
  workshop = await SampleWorkshop.open();
  const stages = [
    { stage: 'dev', params: { door: 'direct' } },
    { stage: 'prod', params: { door: 'stream' } },
  ];
  const packaged = await packageServices(
    stages.flatMap(({ stage, params }) =>
      ['backbone', 'ingestion'].map((name) => ({
        serviceDir: join(SERVICES, name),
        stage,
        region: 'us-east-1',
        params: name === 'ingestion' ? { ...params, ...OWN_ROUND } : params,
      })),
    ),
  );
  for (const each of packaged) await sandbox().deploy(each.directory);
});
afterAll(async () => {
  await workshop?.close();
  await account?.stop();
});

async function filters(prefix: string): Promise<readonly string[]> {
  const { logGroups = [] } = await logs().send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }));
  const found = await Promise.all(
    logGroups.map(async ({ logGroupName }) => {
      const { subscriptionFilters = [] } = await logs().send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
      return subscriptionFilters.map(
        ({ filterName, destinationArn }) =>
          `${logGroupName} ${filterName} ${destinationArn?.split(':').slice(5).join(':')}`,
      );
    }),
  );
  return found.flat().sort();
}

/** What a stack may leave behind: log groups and filters, roles, and leaves on Lamplighter's own functions. */
async function traces(): Promise<unknown> {
  const { logGroups = [] } = await logs().send(new DescribeLogGroupsCommand({}));
  const names = logGroups.map(({ logGroupName }) => logGroupName).sort();
  return { names, filters: await filters('/'), policy: await ingestPolicy() };
}

async function ingestPolicy(): Promise<readonly unknown[]> {
  const { LambdaClient, GetPolicyCommand } = await import('@aws-sdk/client-lambda');
  const FunctionName = 'lamplighter-ingestion-dev-ingest-direct';
  const { Policy = '{}' } = await sandbox().client(LambdaClient).send(new GetPolicyCommand({ FunctionName }));
  return (JSON.parse(Policy) as { Statement: readonly { Condition?: unknown }[] }).Statement.map(
    ({ Condition }) => Condition,
  );
}

const PERMITTED = {
  'provider:\n  name: aws\n':
    'custom: { lamplighter: { subscriptions: { permission: always } } }\nprovider:\n  name: aws\n',
};
const GET_BOOK =
  '/aws/lambda/bookshop-dev-getBook lamplighter-plugin-dev function:lamplighter-ingestion-dev-ingest-direct';

describe('a service with the plugin, deployed', () => {
  test('is subscribed by the direct door, again without a change, and leaves nothing behind', async () => {
    const before = await traces();
    const watched = await workshop.package({ sample: 'rest', framework: 'osls4', replace: PERMITTED });
    expect(watched.exitCode).toBe(0);

    await sandbox().deploy(watched.directory);
    const first = await traces();
    expect(await filters('/aws/lambda/bookshop')).toHaveLength(3);
    expect(await filters('/aws/lambda/bookshop-dev-getBook')).toEqual([GET_BOOK]);

    await sandbox().deploy(watched.directory);
    expect(await traces()).toEqual(first);

    const original = await workshop.package({ sample: 'rest', framework: 'osls4', hasPlugin: false });
    await sandbox().deploy(original.directory);
    expect(await filters('/aws/lambda/bookshop')).toEqual([]);
    expect(await ingestPolicy()).toEqual((before as { policy: unknown }).policy);

    await sandbox().deploy(watched.directory);
    await sandbox().remove('bookshop-dev');
    expect(await traces()).toEqual(before);
  });

  test('is audited by Lamplighter', async () => {
    const { LambdaClient, InvokeCommand } = await import('@aws-sdk/client-lambda');
    const invoke = async (FunctionName: string, payload: unknown) => {
      const answer = await sandbox()
        .client(LambdaClient)
        .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }));
      return JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as Record<string, unknown>;
    };
    const watched = await workshop.package({ sample: 'rest', framework: 'osls4', replace: PERMITTED });
    await sandbox().deploy(watched.directory);

    await invoke('bookshop-dev-getBook', { pathParameters: { id: '7' } });
    await sandbox().idle();
    await account.clock.advance(2_000);
    await sandbox().idle();

    expect(await invoke('lamplighter-ingestion-dev-query-audit', { kind: 'functions' })).toMatchObject({
      functions: [{ functionName: 'bookshop-dev-getBook', logGroup: '/aws/lambda/bookshop-dev-getBook' }],
    });
    await sandbox().remove('bookshop-dev');
  });

  test('is subscribed by the stream where Lamplighter takes logs so, with no leave to call a function', async () => {
    const before = await traces();
    const replace = { "stage: ${param:lamplighterStage, 'dev'}": 'stage: prod' };
    const watched = await workshop.package({ sample: 'workflows', framework: 'osls3', replace });
    await sandbox().deploy(watched.directory);

    expect(await filters('/loans')).toEqual([
      '/loans/shared lamplighter-plugin-prod stream/lamplighter-prod-telemetry',
    ]);
    expect(await ingestPolicy()).toEqual((before as { policy: unknown }).policy);
    await sandbox().remove('loans-dev');
    expect(await traces()).toEqual(before);
  });

  test('gets leave to call the function for a log group outside of what Lamplighter allows by itself', async () => {
    const before = await ingestPolicy();
    const replace = {
      'functions:\n': 'functions:\n',
      '  receiveApplication:\n': '  receiveApplication:\n    logs: { logGroup: /loans/shared }\n',
    };
    const watched = await workshop.package({ sample: 'workflows', framework: 'osls4', replace });
    await sandbox().deploy(watched.directory);

    expect(await filters('/loans')).toEqual([
      '/loans/shared lamplighter-plugin-dev function:lamplighter-ingestion-dev-ingest-direct',
    ]);
    expect(await ingestPolicy()).toHaveLength(before.length + 1);
    await sandbox().remove('loans-dev');
    expect(await ingestPolicy()).toEqual(before);
  });
});

/** `provider.request` as osls 3 and Serverless 3 and 4 have it, in front of the sandbox. */
async function request(service: string, method: string, parameters: Record<string, unknown>): Promise<unknown> {
  const commands = {
    'SSM.getParameter': () =>
      sandbox()
        .client(SSMClient)
        .send(new GetParameterCommand(parameters as never)),
    'CloudWatchLogs.describeSubscriptionFilters': () =>
      logs().send(new DescribeSubscriptionFiltersCommand(parameters as never)),
    'CloudFormation.getTemplate': () =>
      sandbox()
        .client(CloudFormationClient)
        .send(new GetTemplateCommand(parameters as never)),
    'CloudWatchLogs.describeLogGroups': () => logs().send(new DescribeLogGroupsCommand(parameters as never)),
    'CloudWatchLogs.describeAccountPolicies': () =>
      logs().send(new DescribeAccountPoliciesCommand(parameters as never)),
  };
  const call = commands[`${service}.${method}` as keyof typeof commands];
  try {
    return await call();
  } catch (error) {
    const { name, message } = error as Error;
    throw Object.assign(new Error(message), {
      code: `AWS_${service}_${name}`.toUpperCase(),
      providerError: { code: name },
    });
  }
}

const WAYS: readonly [string, () => Promise<AwsPort>][] = [
  [
    'clients of SDK v3 (osls 4)',
    async () => {
      const { endpoint, region, credentials } = sandbox();
      return sdkAws({ endpoint, region, credentials });
    },
  ],
  ['provider.request (osls 3, Serverless 3 and 4)', async () => requestAws(request)],
];

describe.each(WAYS)('the pre-flight check by %s', (_name, open) => {
  test('finds Lamplighter, and what is not there', async () => {
    const aws = await open();
    expect(await aws.parameter('/lamplighter/dev/ingestion/destination-arn')).toMatch(
      /:function:lamplighter-ingestion-dev/,
    );
    expect(await aws.parameter('/lamplighter/prod/ingestion/destination-role-arn')).toMatch(/:role\//);
    expect(await aws.parameter('/lamplighter/none/ingestion/destination-arn')).toBeUndefined();
  });

  test('finds the filters of a group, and none of a group that is not there yet', async () => {
    const aws = await open();
    const logGroupName = `/crowded/${_name.length}`;
    const destinationArn = await aws.parameter('/lamplighter/prod/ingestion/destination-arn');
    const roleArn = await aws.parameter('/lamplighter/prod/ingestion/destination-role-arn');
    await logs().send(new CreateLogGroupCommand({ logGroupName }));
    await logs().send(
      new PutSubscriptionFilterCommand({
        logGroupName,
        filterName: 'siem',
        filterPattern: '',
        destinationArn,
        roleArn,
      }),
    );
    expect(await aws.filters(logGroupName)).toEqual([{ name: 'siem', destinationArn, filterPattern: '' }]);
    expect(await aws.filters('/not/there')).toEqual([]);
  });

  test('finds where the policies of the account lead', async () => {
    const aws = await open();
    const DestinationArn = await aws.parameter('/lamplighter/prod/ingestion/destination-arn');
    const RoleArn = await aws.parameter('/lamplighter/prod/ingestion/destination-role-arn');
    await logs().send(
      new PutAccountPolicyCommand({
        policyName: 'lamplighter',
        policyType: 'SUBSCRIPTION_FILTER_POLICY',
        policyDocument: JSON.stringify({ DestinationArn, RoleArn, FilterPattern: '' }),
        selectionCriteria: 'LogGroupName NOT IN ["/aws/lambda/lamplighter-ingestion-prod-ingest-stream"]',
      }),
    );
    expect(await aws.accountPolicies()).toEqual([
      {
        name: 'lamplighter',
        destinationArn: DestinationArn,
        filterPattern: '',
        selectionCriteria: 'LogGroupName NOT IN ["/aws/lambda/lamplighter-ingestion-prod-ingest-stream"]',
      },
    ]);
  });

  test('finds the template that a stack was deployed with, and none of a stack that is not there', async () => {
    const aws = await open();
    expect(await aws.deployedTemplate('lamplighter-ingestion-dev')).toMatchObject({ Resources: expect.any(Object) });
    expect(await aws.deployedTemplate('nobody-dev')).toBeUndefined();
  });

  test('finds a log group, its retention, and none that is not there', async () => {
    const aws = await open();
    const logGroupName = `/kept/${_name.length}`;
    await logs().send(new CreateLogGroupCommand({ logGroupName }));
    expect(await aws.group(logGroupName)).toEqual({});
    await logs().send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
    expect([await aws.group(logGroupName), await aws.group('/kept')]).toEqual([{ retentionDays: 7 }, undefined]);
  });
});
