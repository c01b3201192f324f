import { describe, expect, test } from '@jest/globals';
import type { TemplateResource } from '../template.ts';
import { arn, aspectsOf, type Resources, ref, resourceOf } from '../testing/templates.ts';

describe('gateways, workflows, topics, rules', () => {
  const stage = (type: string, api: string, more: Record<string, unknown>) =>
    resourceOf(type, { [api]: ref('Api'), ...more });

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
      "REST API with the framework's log group",
      resourceOf('AWS::ApiGateway::RestApi'),
      { ApiGatewayLogGroup: resourceOf('AWS::Logs::LogGroup') },
      'access-log ApiGatewayLogGroup',
    ],
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
    [
      'a rule on its failures',
      {},
      {
        R: resourceOf('AWS::Events::Rule', {
          EventPattern: { source: ['aws.states'], detail: { status: ['FAILED'] } },
        }),
      },
      'event-rule R',
    ],
    [
      'a rule on its successes',
      {},
      {
        R: resourceOf('AWS::Events::Rule', {
          EventPattern: { source: ['aws.states'], detail: { status: ['SUCCEEDED'] } },
        }),
      },
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
      Pipe: resourceOf('AWS::Pipes::Pipe'),
    };
    const seen = Object.keys(stack).map((id) => Object.values(aspectsOf(id, stack)).join());
    expect(seen).toEqual(['execution-log Archive', '', 'dead-letter', 'access-log', 'execution-log', '']);
  });
});
