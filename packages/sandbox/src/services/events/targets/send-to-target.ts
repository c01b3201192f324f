import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import type { Rule } from '../event-bus.ts';
import type { BusEvent } from '../events-peer.ts';
import { valueAtPath } from './json-path.ts';
import { type RuleTarget, targetService } from './rule-target.ts';

/** One delivery of an event to a target of a rule. */
export interface Delivery {
  readonly rule: Rule;
  readonly target: RuleTarget;
  readonly event: BusEvent;
  /** What the target is sent. */
  readonly input: string;
}

type Send = (context: ServiceContext, delivery: Delivery) => Promise<unknown>;

/** How each kind of target is reached, judged as AWS judges it: a function by its resource policy, streams and queues by the target's role. */
const SENDERS: Readonly<Record<string, Send>> = {
  lambda: (context, { rule, target, input }) =>
    context.peers.lambda.invokeAsync({
      functionName: target.Arn,
      payload: Buffer.from(input),
      principal: {
        kind: 'service',
        service: 'events.amazonaws.com',
        sourceArn: rule.arn,
        sourceAccount: context.accountId,
      },
    }),
  sqs(context, { target, input }) {
    if (target.RoleArn) context.peers.iam.assertRoleAllows(target.RoleArn, 'sqs:SendMessage', target.Arn);
    return context.peers.sqs.send(target.Arn, input);
  },
  kinesis(context, { target, event, input }) {
    assertRole(context, target, 'kinesis:PutRecord');
    const path = target.KinesisParameters?.PartitionKeyPath;
    const partitionKey = path === undefined ? event.id : String(valueAtPath(event, path) ?? event.id);
    return context.peers.kinesis.putRecord(target.Arn, Buffer.from(input), partitionKey);
  },
  firehose(context, { target, input }) {
    assertRole(context, target, 'firehose:PutRecord');
    return context.peers.firehose.put(target.Arn, Buffer.from(input));
  },
  sns: (context, { rule, target, input }) =>
    context.peers.sns.publish(
      target.Arn,
      { message: input },
      {
        kind: 'service',
        service: 'events.amazonaws.com',
        sourceArn: rule.arn,
        sourceAccount: context.accountId,
      },
    ),
  states(context, { target, input }) {
    assertRole(context, target, 'states:StartExecution');
    return context.peers.states.startExecution(target.Arn, input);
  },
  logs(context, { target, event, input }) {
    const logGroup = target.Arn.replace(/^(?:[^:]+:){6}/, '').replace(/:\*$/, '');
    const timestamp = Date.parse(event.time);
    return context.peers.logs.write(logGroup, randomUUID(), [{ timestamp, message: input }]);
  },
};

/** Sends an input to its target, all but another bus. Rejects as the target's service refuses. */
export async function sendToTarget(context: ServiceContext, delivery: Delivery): Promise<void> {
  await SENDERS[targetService(delivery.target.Arn)]?.(context, delivery);
}

export function assertRole(context: ServiceContext, target: RuleTarget, action: string): void {
  const roleArn = target.RoleArn ?? '';
  context.peers.iam.assertServiceMayAssume(roleArn, 'events.amazonaws.com');
  context.peers.iam.assertRoleAllows(roleArn, action, target.Arn);
}
