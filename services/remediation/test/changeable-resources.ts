import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Sandbox, Template } from '@lamplighter/sandbox';
import { strToU8, zipSync } from 'fflate';
import { releaseFingerprint } from '../src/adapters/release-fingerprint.ts';

const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

/** One resource of each kind that a playbook changes, as somebody else's stack would declare it. */
const TEMPLATE: Template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole'],
      },
    },
    Rooms: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'rooms',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        MemorySize: 256,
        Timeout: 3,
        LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' },
        Environment: {
          Variables: {
            TABLE: { Ref: 'Guests' },
            CACHE: { 'Fn::Sub': 'rediss://${Cache.Endpoint.Address}:6379' },
            CLUSTER: { 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] },
            SECRET: { 'Fn::GetAtt': ['Cluster', 'MasterUserSecret.SecretArn'] },
          },
        },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => ({});' },
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Rooms' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Rooms' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
        Name: 'live',
      },
    },
    Lobby: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'lobby',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        MemorySize: 256,
        Timeout: 3,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => ({});' },
      },
    },
    LobbyVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Lobby' } } },
    LobbyLive: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Lobby' },
        FunctionVersion: { 'Fn::GetAtt': ['LobbyVersion', 'Version'] },
        Name: 'live',
      },
    },
    Bookings: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'bookings', ShardCount: 1 } },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Rooms' },
        EventSourceArn: { 'Fn::GetAtt': ['Bookings', 'Arn'] },
        StartingPosition: 'LATEST',
        BatchSize: 50,
        ParallelizationFactor: 2,
        MaximumRetryAttempts: 9,
      },
    },
    WorkerRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'],
      },
    },
    Workers: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'workers',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['WorkerRole', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => ({});' },
      },
    },
    TasksDead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'tasks-dead' } },
    Tasks: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'tasks',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['TasksDead', 'Arn'] }, maxReceiveCount: 3 },
      },
    },
    TasksMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Workers' }, EventSourceArn: { 'Fn::GetAtt': ['Tasks', 'Arn'] } },
    },
    RestPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Workers' },
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${RestApi}/*' },
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs-dead' } },
    Jobs: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'jobs',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 1 },
      },
    },
    Cleaners: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'cleaners',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['WorkerRole', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => ({});' },
      },
    },
    JobsMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'Cleaners' },
        EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
        Enabled: false,
      },
    },
    Guests: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'guests',
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 3 },
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    },
    Offers: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'offers',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    },
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      Properties: {
        DBClusterIdentifier: 'hotel',
        Engine: 'aurora-postgresql',
        EngineVersion: '17.5',
        DatabaseName: 'hotel',
        MasterUsername: 'lamp',
        ManageMasterUserPassword: true,
        EnableHttpEndpoint: true,
        ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 900 },
      },
    },
    Writer: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        DBClusterIdentifier: { Ref: 'Cluster' },
        Engine: 'aurora-postgresql',
        DBInstanceClass: 'db.serverless',
      },
    },
    Cache: {
      Type: 'AWS::ElastiCache::ServerlessCache',
      Properties: {
        ServerlessCacheName: 'rates',
        Engine: 'valkey',
        CacheUsageLimits: { DataStorage: { Maximum: 2, Unit: 'GB' }, ECPUPerSecond: { Maximum: 5_000 } },
      },
    },
    HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'hotel', ProtocolType: 'HTTP' } },
    HttpIntegration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'HttpApi' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Rooms', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    HttpStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'HttpApi' },
        StageName: '$default',
        AutoDeploy: true,
        DefaultRouteSettings: { DetailedMetricsEnabled: true },
      },
    },
    HttpPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Rooms' },
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/*' },
      },
    },
    RestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'offers' } },
    RestMethod: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'RestApi' },
        ResourceId: { 'Fn::GetAtt': ['RestApi', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: {
            'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Rooms.Arn}/invocations',
          },
        },
      },
    },
    RestDeployment: {
      Type: 'AWS::ApiGateway::Deployment',
      Properties: { RestApiId: { Ref: 'RestApi' } },
      DependsOn: ['RestMethod'],
    },
    RestStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'RestApi' }, StageName: 'live', DeploymentId: { Ref: 'RestDeployment' } },
    },
  },
  Outputs: {
    Mapping: { Value: { Ref: 'Mapping' } },
    JobsMapping: { Value: { Ref: 'JobsMapping' } },
    Jobs: { Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
    Dead: { Value: { 'Fn::GetAtt': ['Dead', 'Arn'] } },
    DeadUrl: { Value: { Ref: 'Dead' } },
    JobsUrl: { Value: { Ref: 'Jobs' } },
    ClusterArn: { Value: { 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] } },
    SecretArn: { Value: { 'Fn::GetAtt': ['Cluster', 'MasterUserSecret.SecretArn'] } },
    HttpApi: { Value: { Ref: 'HttpApi' } },
    RestApi: { Value: { Ref: 'RestApi' } },
  },
};

export interface ChangeableResources {
  readonly mapping: string;
  /** Of the queue `jobs`. */
  readonly jobsMapping: string;
  /** Fingerprint of what an alias of `lobby` serves, which `$LATEST` holds as well. */
  readonly lobbyRelease: string;
  readonly jobs: string;
  readonly dead: string;
  readonly deadUrl: string;
  readonly jobsUrl: string;
  readonly clusterArn: string;
  readonly secretArn: string;
  readonly httpApi: string;
  readonly restApi: string;
}

/** Deploys them; what AWS gave its own names to. */
export async function deployChangeable(sandbox: Sandbox): Promise<ChangeableResources> {
  const { outputs } = await sandbox.deployTemplate({ stackName: 'hotel', template: TEMPLATE });
  const lobby = await sandbox.client(LambdaClient).send(new GetFunctionConfigurationCommand({ FunctionName: 'lobby' }));
  const { Mapping, JobsMapping, Jobs, Dead, DeadUrl, JobsUrl, ClusterArn, SecretArn, HttpApi, RestApi } = outputs;
  return {
    mapping: String(Mapping),
    jobsMapping: String(JobsMapping),
    lobbyRelease: releaseFingerprint(lobby)!,
    jobs: String(Jobs),
    dead: String(Dead),
    deadUrl: String(DeadUrl),
    jobsUrl: String(JobsUrl),
    clusterArn: String(ClusterArn),
    secretArn: String(SecretArn),
    httpApi: String(HttpApi),
    restApi: String(RestApi),
  };
}

/** A second version, a table in the database, and messages that were given up. */
export async function makeSomethingToChange(sandbox: Sandbox, at: ChangeableResources): Promise<void> {
  const lambda = sandbox.client(LambdaClient);
  const ZipFile = zipSync({ 'index.js': strToU8('exports.handler = async () => ({ version: 2 });') });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'rooms', ZipFile }));
  await lambda.send(new PublishVersionCommand({ FunctionName: 'rooms' }));
  await runSql(sandbox, at, 'create extension pg_stat_statements');
  await runSql(sandbox, at, 'create table payment (card_token text)');
  await giveUp(sandbox, at, 10);
}

/** Messages that were received once too often. */
export async function giveUp(sandbox: Sandbox, { jobsUrl }: ChangeableResources, count: number): Promise<void> {
  const sqs = sandbox.client(SQSClient);
  const Entries = Array.from({ length: count }, (_, id) => ({ Id: String(id), MessageBody: `job ${id}` }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: jobsUrl, Entries }));
  for (let time = 0; time < 2; time++)
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: jobsUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
}

export async function runSql(sandbox: Sandbox, { clusterArn, secretArn }: ChangeableResources, sql: string) {
  const target = { resourceArn: clusterArn, secretArn, database: 'hotel' };
  await sandbox.client(RDSDataClient).send(new ExecuteStatementCommand({ ...target, sql }));
}
