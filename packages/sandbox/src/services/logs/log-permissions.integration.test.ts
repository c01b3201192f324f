import { CloudWatchLogsClient, FilterLogEventsCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clientOfRole } from '../../testing/client-of-role.ts';
import { logGroupName, startWatchedGroup, type WatchedGroup } from './testing/watched-group.ts';

const logGroupArn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}`;

let watched: WatchedGroup;
beforeAll(async () => {
  watched = await startWatchedGroup();
});
afterAll(() => watched.stop());

const client = (Action: string, Resource: string) =>
  clientOfRole(watched.sandbox, CloudWatchLogsClient, [{ Effect: 'Allow', Action, Resource }]);
const filter = () => new FilterLogEventsCommand({ logGroupName });

test('a role reads a group whose ARN its policy names with a trailing :*', async () => {
  const allowed = await client('logs:FilterLogEvents', `${logGroupArn}:*`);
  await expect(allowed.send(filter())).resolves.toMatchObject({ events: expect.any(Array) });
  const bare = await client('logs:FilterLogEvents', logGroupArn);
  await expect(bare.send(filter())).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a role writes only the streams that its policy names', async () => {
  const writer = await client('logs:PutLogEvents', `${logGroupArn}:log-stream:b`);
  const put = (logStreamName: string) =>
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: [{ timestamp: watched.clock.now(), message: 'x' }],
    });
  await expect(writer.send(put('a'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(writer.send(put('b'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
