import { expect, test } from '@jest/globals';
import { assessCoverage, type CoverageOptions } from '../assess-coverage.ts';
import { fn, type Resources, resourceOf } from '../testing/templates.ts';

const mendOf = (Resources: Resources, options?: CoverageOptions): string | undefined =>
  assessCoverage({ Resources }, options).resources[0]?.aspects[0]?.mend;

test('a service is told to add the plugin, and one that has it what the plugin needs', () => {
  expect(mendOf({ Book: fn() })).toContain('plugins: [serverless-lamplighter]');
  expect(mendOf({ Book: fn() }, { hasPlugin: true })).toMatch(/^have serverless-lamplighter subscribe its log group/);
});

test('a rule of a schedule, which takes no deadLetterQueueArn in serverless.yml, is told what it takes', () => {
  const rule = (more: Record<string, unknown>) => resourceOf('AWS::Events::Rule', { Targets: [{ Arn: 'x' }], ...more });
  expect(mendOf({ R: rule({ EventPattern: {} }) })).toMatch(/^deadLetterQueueArn: <queue> on each target/);
  expect(mendOf({ R: rule({ ScheduleExpression: 'rate(1 day)' }) })).toMatch(/^DeadLetterConfig: .* on each target/);
});

test.each([
  ['AWS::AppSync::GraphQLApi', ['AWS::AppSync::Resolver', 'AWS::AppSync::DataSource', 'AWS::AppSync::GraphQLSchema']],
  ['AWS::Cognito::UserPool', ['AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolDomain']],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', ['AWS::ElasticLoadBalancingV2::ListenerRule']],
])('of %s the whole is told as not assessed, and its parts are not', (whole, parts) => {
  const Resources = Object.fromEntries([whole, ...parts].map((type, at) => [`R${at}`, resourceOf(type)]));
  expect(assessCoverage({ Resources }).notAssessed).toEqual([{ type: whole, logicalIds: ['R0'] }]);
});
