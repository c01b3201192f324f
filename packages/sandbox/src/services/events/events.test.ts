import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { EventsSuite, functionArn, START } from './testing/events-suite.ts';

const suite = new EventsSuite();

describe('PutEvents', () => {
  test('delivers an event to the function of a rule that matches', async () => {
    await suite.givenRule({});
    const { Entries } = await suite.put({ Resources: ['arn:x'], Time: new Date(START - 5_000) });
    await suite.put({ Source: 'other' });
    await suite.clock.advance(0);
    expect(suite.bodies()).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'OrderPlaced',
        source: 'shop',
        account: '123456789012',
        time: '2025-12-31T23:59:55Z',
        region: 'us-east-1',
        resources: ['arn:x'],
        detail: { id: 7, name: 'a "b"' },
      },
    ]);
    expect(suite.received[0]?.more).toEqual({
      kind: 'service',
      service: 'events.amazonaws.com',
      sourceArn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
      sourceAccount: '123456789012',
    });
  });

  test('answers each entry by itself', async () => {
    await suite.givenRule({});
    const good = { Source: 'shop', DetailType: 't', Detail: '{}' };
    const { FailedEntryCount, Entries } = await suite.client.send(
      new PutEventsCommand({
        Entries: [
          good,
          { ...good, Detail: '{' },
          { ...good, Detail: '[]' },
          { DetailType: 't', Detail: '{}' },
          { ...good, Source: 'aws.ec2' },
          { ...good, EventBusName: 'missing' },
        ],
      }),
    );
    await suite.clock.advance(0);
    expect(FailedEntryCount).toBe(5);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'ResourceNotFoundException',
    ]);
    expect(suite.received).toHaveLength(1);
  });

  test('refuses eleven entries, and more than 1 MB', async () => {
    const entry = { Source: 's', DetailType: 't', Detail: '{}' };
    await expect(suite.client.send(new PutEventsCommand({ Entries: Array(11).fill(entry) }))).rejects.toThrow(
      'between 1 and 10',
    );
    await expect(suite.put({ Detail: JSON.stringify({ x: 'x'.repeat(1_048_576) }) })).rejects.toThrow('over the limit');
  });

  test('carries what services emit, and what they put on a bus of one’s own', async () => {
    await suite.client.send(new CreateEventBusCommand({ Name: 'own' }));
    await suite.givenRule({}, { EventPattern: '{"source":["aws.logs"]}' });
    suite.peer.emit({ source: 'aws.logs', detailType: 'AWS API Call via CloudTrail', detail: {} });
    await suite.clock.advance(0);
    expect(suite.bodies()).toMatchObject([{ source: 'aws.logs', resources: [] }]);
  });
});

describe('rules', () => {
  test('run on a schedule while they are enabled', async () => {
    await suite.givenRule({}, { EventPattern: undefined, ScheduleExpression: 'rate(5 minutes)' });
    await suite.clock.advance(15 * 60_000);
    await suite.client.send(new DisableRuleCommand({ Name: 'rule' }));
    await suite.clock.advance(15 * 60_000);
    expect(suite.bodies()).toMatchObject(
      ['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z', '2026-01-01T00:15:00Z'].map((time) => ({
        time,
        source: 'aws.events',
        'detail-type': 'Scheduled Event',
        resources: ['arn:aws:events:us-east-1:123456789012:rule/rule'],
        detail: {},
      })),
    );
  });

  test('do nothing while they are disabled', async () => {
    await suite.givenRule({}, { State: 'DISABLED' });
    await suite.put();
    await suite.clock.advance(0);
    expect(suite.received).toEqual([]);
  });

  test('are described, listed, and deleted once they have no targets', async () => {
    await suite.givenRule({ Id: 'one' });
    expect(await suite.client.send(new DescribeRuleCommand({ Name: 'rule' }))).toMatchObject({
      Arn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
      EventPattern: '{"source":["shop"]}',
      State: 'ENABLED',
    });
    expect((await suite.client.send(new ListRulesCommand({ NamePrefix: 'ru' }))).Rules).toHaveLength(1);
    expect((await suite.client.send(new ListTargetsByRuleCommand({ Rule: 'rule' }))).Targets).toEqual([
      { Id: 'one', Arn: functionArn },
    ]);
    await expect(suite.client.send(new DeleteRuleCommand({ Name: 'rule' }))).rejects.toThrow('has targets');
    await suite.client.send(new RemoveTargetsCommand({ Rule: 'rule', Ids: ['one'] }));
    await suite.client.send(new DeleteRuleCommand({ Name: 'rule' }));
    await expect(suite.client.send(new DescribeRuleCommand({ Name: 'rule' }))).rejects.toThrow('does not exist');
  });

  test('refuse a pattern that is none', async () => {
    const rule = new PutRuleCommand({ Name: 'r', EventPattern: '{"source":"shop"}' });
    await expect(suite.client.send(rule)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(suite.client.send(new PutRuleCommand({ Name: 'r' }))).rejects.toThrow('must be specified');
  });

  test('have room for five targets', async () => {
    const Targets = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: functionArn }));
    await suite.givenRule({});
    const sixth = suite.client.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
    await expect(sixth).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('buses', () => {
  test('are created, listed and deleted; the default one stays', async () => {
    const { EventBusArn } = await suite.client.send(new CreateEventBusCommand({ Name: 'own', Description: 'mine' }));
    expect(EventBusArn).toBe('arn:aws:events:us-east-1:123456789012:event-bus/own');
    expect(await suite.client.send(new DescribeEventBusCommand({ Name: 'own' }))).toMatchObject({
      Name: 'own',
      Description: 'mine',
    });
    await suite.client.send(
      new PutPermissionCommand({
        EventBusName: 'own',
        StatementId: 's',
        Action: 'events:PutEvents',
        Principal: '210987654321',
      }),
    );
    const { Policy } = await suite.client.send(new DescribeEventBusCommand({ Name: EventBusArn }));
    expect(Policy).toContain('arn:aws:iam::210987654321:root');
    const { EventBuses } = await suite.client.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'own']);
    await suite.client.send(new DeleteEventBusCommand({ Name: 'own' }));
    await expect(suite.client.send(new DescribeEventBusCommand({ Name: 'own' }))).rejects.toThrow('does not exist');
    await expect(suite.client.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toThrow('Cannot delete');
  });
});
