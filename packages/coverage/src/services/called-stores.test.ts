import { describe, expect, test } from '@jest/globals';
import { alarm, arn, aspectsOf, filter, fn, ref, resourceOf } from '../testing/templates.ts';

describe('stores', () => {
  test.each([
    ['AWS::DynamoDB::Table', { TableName: 'orders' }, 'AWS/DynamoDB', 'WriteThrottleEvents', 'TableName', 'orders'],
    ['AWS::S3::Bucket', { BucketName: 'orders' }, 'AWS/S3', '5xxErrors', 'BucketName', 'orders'],
    ['AWS::RDS::DBCluster', {}, 'AWS/RDS', 'Deadlocks', 'DBClusterIdentifier', ref('Store')],
    ['AWS::ElastiCache::ServerlessCache', {}, 'AWS/ElastiCache', 'ThrottledCmds', 'clusterId', ref('Store')],
    [
      'AWS::OpenSearchServerless::Collection',
      { Name: 'orders' },
      'AWS/AOSS',
      'SearchRequestErrors',
      'CollectionName',
      'orders',
    ],
  ])('%s is seen by an alarm, or through all that use it', (type, properties, namespace, name, dimension, value) => {
    const Store = resourceOf(type, properties);
    const Environment = { Variables: { STORE: ref('Store') } };
    const user = { Book: fn({ Environment }), Heard: filter('/aws/lambda/shop-book') };
    const other = resourceOf('AWS::Lambda::Function', { FunctionName: 'other', Environment });
    expect(aspectsOf('Store', { Store })).toEqual({ calls: '' });
    expect(aspectsOf('Store', { Store, A: alarm(namespace, name, dimension, value) })).toEqual({ calls: 'alarm A' });
    expect(aspectsOf('Store', { Store, A: alarm(namespace, 'Used', dimension, value) })).toEqual({ calls: '' });
    expect(aspectsOf('Store', { Store, ...user })).toEqual({ calls: 'callers Book' });
    expect(aspectsOf('Store', { Store, ...user, Other: other })).toEqual({ calls: '' });
  });

  test("a caller whose own caller sees the error stands in nobody's way, and is not enough alone", () => {
    const Environment = { Variables: { STORE: ref('Store') } };
    const stack = {
      Store: resourceOf('AWS::DynamoDB::Table'),
      Book: fn({ Environment }),
      Read: resourceOf('AWS::Lambda::Function', { FunctionName: 'read', Environment }),
    };
    const options = { exemptions: [{ resource: 'Read', reason: 'who reads gets the error' }] };
    expect(aspectsOf('Store', stack, options)).toEqual({ calls: '' });
    const watched = { ...stack, Heard: filter('/aws/lambda/shop-book') };
    expect(aspectsOf('Store', watched, options)).toEqual({ calls: 'callers Book' });
    expect(aspectsOf('Store', watched)).toEqual({ calls: '' });
  });

  test('who uses it is read from roles where no environment tells', () => {
    const Policies = [{ PolicyDocument: { Statement: [{ Resource: [arn('Store')] }] } }];
    const stack = {
      Store: resourceOf('AWS::DynamoDB::Table'),
      Role: resourceOf('AWS::IAM::Role', { Policies }),
      Book: fn({ Role: arn('Role') }),
      Heard: filter('/aws/lambda/shop-book'),
    };
    expect(aspectsOf('Store', stack)).toEqual({ calls: 'callers Book' });
  });

  test("the framework's own bucket holds nothing to watch", () => {
    expect(
      aspectsOf('ServerlessDeploymentBucket', { ServerlessDeploymentBucket: resourceOf('AWS::S3::Bucket') }),
    ).toEqual({});
  });

  test('an instance is watched as its cluster', () => {
    const stack = {
      C: resourceOf('AWS::RDS::DBCluster', { EnableCloudwatchLogsExports: ['postgresql'] }),
      I: resourceOf('AWS::RDS::DBInstance', { DBClusterIdentifier: ref('C') }),
    };
    expect(aspectsOf('C', stack)).toEqual({ calls: 'execution-log' });
    expect(aspectsOf('I', stack)).toEqual({});
  });
});
