import type { Finding } from '../../../packages/contracts/src/index.ts';
import { AnomalyDetected } from '../../../packages/contracts/src/index.ts';
import type { Sandbox } from '../../../packages/sandbox/src/index.ts';

/** A finding as the bus told it. */
export interface HeardFinding {
  readonly change: 'opened' | 'updated' | 'resolved';
  readonly finding: Finding;
  /** The event's time on the sandbox's clock, epoch milliseconds in whole seconds. */
  readonly at: number;
  /** When it lay in the listener's queue: the same, to the millisecond. */
  readonly heardAt: number;
}

const TEMPLATE = {
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'heard-findings' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'lamplighter-dev',
        EventPattern: { 'detail-type': ['AnomalyDetected'] },
        Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
      },
    },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            },
          ],
        },
      },
    },
  },
};

/** Listens on the bus as alerting does; gives what was heard since the last time, in its order. */
export async function hearFindings(sandbox: Sandbox): Promise<() => Promise<HeardFinding[]>> {
  const stack = await sandbox.deployTemplate({ stackName: 'heard-findings', template: TEMPLATE });
  const queueArn = String(stack.resources.Queue!.attributes.Arn);
  const { sqs } = sandbox.peers;
  return async () => {
    const heard: HeardFinding[] = [];
    for (;;) {
      const messages = await sqs.receive(queueArn, 10);
      if (messages.length === 0) return heard.sort((a, b) => a.at - b.at);
      for (const { body, receiptHandle, attributes } of messages) {
        const { time, detail } = JSON.parse(body) as { time: string; detail: unknown };
        heard.push({
          ...AnomalyDetected.parse(detail).data,
          at: Date.parse(time),
          heardAt: Number(attributes.SentTimestamp),
        });
        await sqs.delete(queueArn, receiptHandle);
      }
    }
  };
}
