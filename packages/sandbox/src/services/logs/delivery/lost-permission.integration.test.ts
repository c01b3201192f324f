import { CreateLogGroupCommand, PutSubscriptionFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startWatchedGroup, streamArn, type WatchedGroup } from '../testing/watched-group.ts';

let watched: WatchedGroup;
beforeAll(async () => {
  watched = await startWatchedGroup();
});
afterAll(() => watched.stop());

test('a subscription whose role lost its permission loses ten minutes of logs, and works again after them', async () => {
  const { sandbox, clock } = watched;
  const group = '/aws/lambda/broken';
  const resources = sandbox.stack('shop').resources;
  await watched.logs.send(new CreateLogGroupCommand({ logGroupName: group }));
  await watched.logs.send(
    new PutSubscriptionFilterCommand({
      logGroupName: group,
      filterName: 'to-stream',
      filterPattern: '',
      destinationArn: streamArn,
      roleArn: `arn:aws:iam::123456789012:role/${resources.StreamRole?.physicalId}`,
    }),
  );
  const write = async (message: string) => {
    await sandbox.peers.logs.write(group, 'a', [{ timestamp: clock.now(), message }]);
    await sandbox.idle();
  };
  const restore = sandbox.iam.withoutStatement(resources.StreamRole?.physicalId ?? '', 0);
  await write('refused');
  restore();
  await clock.advance(9 * 60_000);
  await write('skipped');
  await clock.advance(60_000);
  await write('delivered');
  const received = (await watched.payloads()).filter(({ logGroup }) => logGroup === group);
  expect(received.flatMap(({ logEvents }) => logEvents.map(({ message }) => message))).toEqual(['delivered']);
  expect(await watched.messagesOf(group)).toEqual(['refused', 'skipped', 'delivered']);
});
