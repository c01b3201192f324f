import { CreateArchiveCommand, DescribeArchiveCommand, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { EventsSuite, START } from './testing/events-suite.ts';

const suite = new EventsSuite();

describe('archives', () => {
  test('keep what matches, and replay it to the bus', async () => {
    const EventSourceArn = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
    const archive = {
      ArchiveName: 'a',
      EventSourceArn,
      EventPattern: '{"detail-type":["OrderPlaced"]}',
      RetentionDays: 1,
    };
    const { ArchiveArn } = await suite.client.send(new CreateArchiveCommand(archive));
    await suite.put();
    await suite.put({ DetailType: 'Other' });
    expect(await suite.client.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).toMatchObject({
      EventCount: 1,
      State: 'ENABLED',
    });
    await suite.givenRule({});
    const replay = {
      ReplayName: 'again',
      EventSourceArn: ArchiveArn,
      EventStartTime: new Date(START),
      EventEndTime: new Date(START + 1_000),
      Destination: { Arn: EventSourceArn },
    };
    await suite.client.send(new StartReplayCommand(replay));
    await suite.clock.advance(0);
    expect(suite.bodies()).toMatchObject([{ source: 'shop', 'replay-name': 'again' }]);
    expect((await suite.client.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).EventCount).toBe(1);
    await suite.clock.advance(2 * 86_400_000);
    expect((await suite.client.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).EventCount).toBe(0);
  });
});
