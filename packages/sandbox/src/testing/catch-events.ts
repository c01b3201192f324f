import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Sandbox } from '../sandbox.ts';

/** An event as it came out of the bus. */
export interface CaughtEvent {
  readonly 'detail-type': string;
  readonly source: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly detail: unknown;
  /** When it was put into the rule's queue, epoch milliseconds. */
  readonly caughtAt: number;
}

/** Puts a rule on a bus, and gives what reads the events that it has caught since the last reading. */
export async function catchEvents(
  sandbox: Sandbox,
  {
    bus,
    detailTypes,
    name = `caught-${bus}`,
  }: {
    readonly bus: string;
    /** Every type where absent. */
    readonly detailTypes?: readonly string[];
    /** Of the rule and its queue: two listeners on a bus need two. */
    readonly name?: string;
  },
): Promise<() => Promise<readonly CaughtEvent[]>> {
  const sqs = sandbox.client(SQSClient);
  const events = sandbox.client(EventBridgeClient);
  const QueueArn = `arn:aws:sqs:${sandbox.region}:${sandbox.accountId}:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QueueArn,
      },
    ],
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }));
  const rule = { Name: name, EventBusName: bus };
  const EventPattern = JSON.stringify({ 'detail-type': detailTypes ?? [{ exists: true }] });
  await events.send(new PutRuleCommand({ ...rule, EventPattern }));
  await events.send(
    new PutTargetsCommand({
      Rule: rule.Name,
      EventBusName: rule.EventBusName,
      Targets: [{ Id: 'queue', Arn: QueueArn }],
    }),
  );
  return async () => {
    const caught: CaughtEvent[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) return caught;
      for (const { Body, ReceiptHandle, Attributes } of Messages) {
        caught.push({ ...JSON.parse(Body!), caughtAt: Number(Attributes?.SentTimestamp) });
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  };
}
