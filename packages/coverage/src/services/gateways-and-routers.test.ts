import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from '../assess-coverage.ts';
import type { TemplateResource } from '../template.ts';
import { alarm, arn, aspectsOf, type Resources, ref, resourceOf } from '../testing/templates.ts';

const onMachine = (metric: string) => alarm('AWS/States', metric, 'StateMachineArn', ref('Machine'));
const ruleOn = (detail: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  resourceOf('AWS::Events::Rule', {
    EventPattern: { source: ['aws.states'], detail },
    Targets: [{ Arn: 'x' }],
    ...more,
  });

describe('gateways, workflows, topics, rules', () => {
  const stage = (type: string, api: string, more: Record<string, unknown>) =>
    resourceOf(type, { [api]: ref('Api'), ...more });

  const websocket = { ProtocolType: 'WEBSOCKET' };
  const onApi = { A: alarm('AWS/ApiGateway', 'ExecutionError', 'ApiId', ref('Api')) };

  test("the framework's log group tells of its own REST API", () => {
    const stack = {
      ApiGatewayRestApi: resourceOf('AWS::ApiGateway::RestApi'),
      ApiGatewayLogGroup: resourceOf('AWS::Logs::LogGroup'),
    };
    expect(aspectsOf('ApiGatewayRestApi', stack)).toEqual({ requests: 'access-log ApiGatewayLogGroup' });
  });

  test.each([
    ['AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }, 'httpApi: true'],
    ['AWS::ApiGatewayV2::Api', websocket, 'websocket: true'],
    ['AWS::ApiGateway::RestApi', {}, 'AccessLogSetting on each of its stages'],
  ])('%s %j is mended by %s', (type, properties, mend) => {
    const [api] = assessCoverage({ Resources: { Api: resourceOf(type, properties) } }).resources;
    expect(api?.aspects[0]?.mend).toContain(mend);
  });

  test.each<[string, TemplateResource, Resources, string]>([
    [
      'HTTP API, no log',
      resourceOf('AWS::ApiGatewayV2::Api'),
      { S: stage('AWS::ApiGatewayV2::Stage', 'ApiId', {}) },
      '',
    ],
    [
      'HTTP API with an access log',
      resourceOf('AWS::ApiGatewayV2::Api'),
      { S: stage('AWS::ApiGatewayV2::Stage', 'ApiId', { AccessLogSettings: { DestinationArn: 'x' } }) },
      'access-log S',
    ],
    ['REST API, no log', resourceOf('AWS::ApiGateway::RestApi'), {}, ''],
    [
      "REST API beside the framework's, whose log group is of that one alone",
      resourceOf('AWS::ApiGateway::RestApi'),
      {
        ApiGatewayRestApi: resourceOf('AWS::ApiGateway::RestApi'),
        ApiGatewayLogGroup: resourceOf('AWS::Logs::LogGroup'),
      },
      '',
    ],
    ['HTTP API with an alarm on what only WebSocket APIs count', resourceOf('AWS::ApiGatewayV2::Api'), onApi, ''],
    ['WebSocket API with an alarm on what fails', resourceOf('AWS::ApiGatewayV2::Api', websocket), onApi, 'alarm A'],
    [
      'REST API that is traced',
      resourceOf('AWS::ApiGateway::RestApi'),
      { S: stage('AWS::ApiGateway::Stage', 'RestApiId', { TracingEnabled: true }) },
      'tracing S',
    ],
  ])('%s', (_name, Api, others, watchedBy) => {
    expect(aspectsOf('Api', { Api, ...others })).toEqual({ requests: watchedBy });
  });

  test.each<[string, Record<string, unknown>, Resources, string]>([
    ['nothing', {}, {}, ''],
    ['a log that is off', { LoggingConfiguration: { Level: 'OFF', Destinations: [{}] } }, {}, ''],
    ['a log', { LoggingConfiguration: { Level: 'ERROR', Destinations: [{}] } }, {}, 'execution-log'],
    ['traces', { TracingConfiguration: { Enabled: true } }, {}, 'tracing'],
    ['an alarm on its failures', {}, { A: onMachine('ExecutionsFailed') }, 'alarm A'],
    ['an alarm on its use', {}, { A: onMachine('ExecutionsStarted') }, ''],
    ['a rule on its failures', {}, { R: ruleOn({ status: ['FAILED'] }) }, 'event-rule R'],
    [
      'a rule on all but its successes',
      {},
      { R: ruleOn({ status: [{ 'anything-but': ['SUCCEEDED'] }] }) },
      'event-rule R',
    ],
    ['a rule on its successes', {}, { R: ruleOn({ status: ['SUCCEEDED'] }) }, ''],
    ['a rule on all but its failures', {}, { R: ruleOn({ status: [{ 'anything-but': 'FAILED' }] }) }, ''],
    ['a rule on it by name', {}, { R: ruleOn({ stateMachineArn: [ref('Machine')] }) }, 'event-rule R'],
    ['a rule on another machine', {}, { R: ruleOn({ stateMachineArn: [ref('Other')] }) }, ''],
    ['a rule on all but it', {}, { R: ruleOn({ stateMachineArn: [{ 'anything-but': [ref('Machine')] }] }) }, ''],
    ['a rule on some names', {}, { R: ruleOn({ stateMachineArn: [{ prefix: 'arn:aws:states' }] }) }, ''],
    ['a rule that is off', {}, { R: ruleOn({ status: ['FAILED'] }, { State: 'DISABLED' }) }, ''],
    ['a rule without targets', {}, { R: ruleOn({ status: ['FAILED'] }, { Targets: [] }) }, ''],
    ['a rule on a bus that gets no such events', {}, { R: ruleOn({}, { EventBusName: 'shop' }) }, ''],
    ['a rule, where it is express', { StateMachineType: 'EXPRESS' }, { R: ruleOn({ status: ['FAILED'] }) }, ''],
    [
      'a schedule',
      {},
      { R: resourceOf('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{}] }) },
      '',
    ],
  ])("a workflow's failures are seen by %s", (_name, properties, others, watchedBy) => {
    const Machine = resourceOf('AWS::StepFunctions::StateMachine', properties);
    expect(aspectsOf('Machine', { Machine, ...others })).toEqual({ failures: watchedBy });
  });

  test('a topic needs a place for what each subscriber did not take', () => {
    const Topic = resourceOf('AWS::SNS::Topic');
    const subscription = (more: Record<string, unknown>) =>
      resourceOf('AWS::SNS::Subscription', { TopicArn: ref('Topic'), ...more });
    const letters = { RedrivePolicy: { deadLetterTargetArn: arn('Q') } };
    const Q = resourceOf('AWS::SQS::Queue');
    expect(aspectsOf('Topic', { Topic, Q, A: subscription(letters) })).toEqual({ deliveries: 'dead-letter Q' });
    expect(aspectsOf('Topic', { Topic, Q, A: subscription(letters), B: subscription({}) })).toEqual({ deliveries: '' });
  });

  test.each([
    ['AWS::SNS::Topic', 'AWS/SNS', 'TopicName', 'NumberOfNotificationsFailed', 'NumberOfMessagesPublished'],
    ['AWS::Events::Rule', 'AWS/Events', 'RuleName', 'FailedInvocations', 'Invocations'],
    ['AWS::Events::EventBus', 'AWS/Events', 'EventBusName', 'FailedInvocations', 'MatchedEvents'],
    ['AWS::Scheduler::Schedule', 'AWS/Scheduler', 'ScheduleGroup', 'InvocationDroppedCount', 'InvocationAttemptCount'],
    ['AWS::Pipes::Pipe', 'AWS/EventBridge/Pipes', 'PipeName', 'ExecutionFailed', 'Invocations'],
    ['AWS::ApiGateway::RestApi', 'AWS/ApiGateway', 'ApiName', '5XXError', 'Count'],
    ['AWS::ApiGatewayV2::Api', 'AWS/ApiGateway', 'ApiId', '5xx', 'Count'],
    ['AWS::Kinesis::Stream', 'AWS/Kinesis', 'StreamName', 'GetRecords.IteratorAgeMilliseconds', 'IncomingBytes'],
    [
      'AWS::KinesisFirehose::DeliveryStream',
      'AWS/Firehose',
      'DeliveryStreamName',
      'DeliveryToS3.Success',
      'IncomingBytes',
    ],
    ['AWS::CloudFront::Distribution', 'AWS/CloudFront', 'DistributionId', '5xxErrorRate', 'Requests'],
  ])('%s is seen by an alarm on what goes wrong, not by one on its use', (type, namespace, dimension, trouble, use) => {
    const It = resourceOf(type, type === 'AWS::Scheduler::Schedule' ? { GroupName: ref('It') } : { Targets: [{}] });
    const seenBy = (metric: string) =>
      Object.values(aspectsOf('It', { It, A: alarm(namespace, metric, dimension, ref('It')) }));
    expect([seenBy(trouble), seenBy(use)]).toEqual([['alarm A'], ['']]);
  });

  test('schedules are counted by their group', () => {
    const A = alarm('AWS/Scheduler', 'InvocationDroppedCount', 'ScheduleGroup', 'nightly');
    const seen = (GroupName: unknown, more: Resources = {}) =>
      aspectsOf('S', { S: resourceOf('AWS::Scheduler::Schedule', { GroupName }), A, ...more })['lost-events'];
    const G = resourceOf('AWS::Scheduler::ScheduleGroup', { Name: 'nightly' });
    expect([seen('nightly'), seen(ref('G'), { G }), seen(undefined)]).toEqual(['alarm A', 'alarm A', '']);
  });

  test('a rule needs a place for what each target did not take', () => {
    const rule = (...Targets: unknown[]) => resourceOf('AWS::Events::Rule', { Targets });
    const letters = { DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:123456789012:dead' } };
    expect(aspectsOf('R', { R: rule(letters) })).toEqual({ 'lost-events': 'dead-letter' });
    expect(aspectsOf('R', { R: rule(letters, {}) })).toEqual({ 'lost-events': '' });
  });

  test('a bus needs an archive, a schedule a place for what was not taken, a distribution its log', () => {
    const stack = {
      Bus: resourceOf('AWS::Events::EventBus'),
      Archive: resourceOf('AWS::Events::Archive', { SourceArn: arn('Bus') }),
      Daily: resourceOf('AWS::Scheduler::Schedule', { Target: { DeadLetterConfig: { Arn: 'x' } } }),
      Cdn: resourceOf('AWS::CloudFront::Distribution', { DistributionConfig: { Logging: { Bucket: 'b' } } }),
      Delivery: resourceOf('AWS::KinesisFirehose::DeliveryStream', {
        ExtendedS3DestinationConfiguration: { CloudWatchLoggingOptions: { Enabled: true } },
      }),
      Pipe: resourceOf('AWS::Pipes::Pipe', { LogConfiguration: { Level: 'OFF' } }),
    };
    const seen = Object.keys(stack).map((id) => Object.values(aspectsOf(id, stack)).join());
    expect(seen).toEqual(['execution-log Archive', '', 'dead-letter', 'access-log', 'execution-log', '']);
  });
});
