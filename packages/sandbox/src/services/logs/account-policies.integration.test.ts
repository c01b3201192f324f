import { CloudWatchClient, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { logGroupName, startWatchedGroup, type WatchedGroup } from './testing/watched-group.ts';

let watched: WatchedGroup;
beforeAll(async () => {
  watched = await startWatchedGroup();
});
afterAll(() => watched.stop());

const account = {
  Resources: {
    MayInvoke: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: 'receiver',
        Action: 'lambda:InvokeFunction',
        Principal: 'logs.us-east-1.amazonaws.com',
        SourceArn: 'arn:aws:logs:us-east-1:123456789012:*',
      },
    },
    Everything: {
      Type: 'AWS::Logs::AccountPolicy',
      DependsOn: 'MayInvoke',
      Properties: {
        PolicyName: 'everything',
        PolicyType: 'SUBSCRIPTION_FILTER_POLICY',
        PolicyDocument: JSON.stringify({
          DestinationArn: 'arn:aws:lambda:us-east-1:123456789012:function:receiver',
          FilterPattern: '',
        }),
        SelectionCriteria: `LogGroupName NOT IN ["${logGroupName}"]`,
      },
    },
    Others: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: 'shop',
        StatementId: 'others',
        Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' },
      },
    },
    Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'board', DashboardBody: '{}' } },
  },
};

test('a second stack subscribes the account, and takes it all back when it is removed', async () => {
  const { sandbox } = watched;
  const events = sandbox.client(EventBridgeClient);
  const write = async (message: string) => {
    await sandbox.peers.logs.write('/other', 'a', [{ timestamp: watched.clock.now(), message }]);
    await sandbox.idle();
  };
  await sandbox.deployTemplate({ stackName: 'account', template: account });
  await write('for the policy');
  expect(await watched.messagesOf('/aws/lambda/receiver')).toContainEqual(
    expect.stringContaining('received for the policy'),
  );
  expect((await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).Policy).toContain('others');
  await sandbox.remove('account');
  await write('for nobody');
  expect(await watched.messagesOf('/aws/lambda/receiver')).not.toContainEqual(expect.stringContaining('for nobody'));
  expect((await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).Policy).toBeUndefined();
  const dashboards = await sandbox.client(CloudWatchClient).send(new ListDashboardsCommand({}));
  expect(dashboards.DashboardEntries).toEqual([]);
});
