import type { AwsCall } from '../../core/aws-calls/aws-caller.ts';
import type { Json } from '../../core/protocols/json.ts';
import type { ServiceContext } from '../../core/service.ts';
import type { Target } from './schedule.ts';

type TargetCall = Pick<AwsCall, 'service' | 'action' | 'input'>;

/** `arn:aws:scheduler:::aws-sdk:SERVICE:ACTION` */
const UNIVERSAL = /^arn:aws:scheduler:::aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/;

type Template = (target: Target, input: string, context: Pick<ServiceContext, 'endpoint' | 'accountId'>) => TargetCall;

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
const TEMPLATED: Readonly<Record<string, Template>> = {
  lambda: ({ Arn }, input) => ({
    service: 'lambda',
    action: 'invoke',
    input: { FunctionName: Arn, InvocationType: 'Event', Payload: input },
  }),
  sqs: ({ Arn, SqsParameters }, input, { endpoint, accountId }) => ({
    service: 'sqs',
    action: 'sendMessage',
    input: {
      QueueUrl: `${endpoint()}/${accountId}/${Arn.slice(Arn.lastIndexOf(':') + 1)}`,
      MessageBody: input,
      ...(SqsParameters?.MessageGroupId === undefined ? {} : { MessageGroupId: SqsParameters.MessageGroupId }),
    },
  }),
  states: ({ Arn }, input) => ({
    service: 'sfn',
    action: 'startExecution',
    input: { StateMachineArn: Arn, Input: input },
  }),
  events: ({ Arn, EventBridgeParameters: event }, input) => ({
    service: 'eventbridge',
    action: 'putEvents',
    input: {
      Entries: [{ EventBusName: Arn, Source: event?.Source ?? '', DetailType: event?.DetailType ?? '', Detail: input }],
    },
  }),
  kinesis: ({ Arn, KinesisParameters }, input) => ({
    service: 'kinesis',
    action: 'putRecord',
    input: { StreamARN: Arn, PartitionKey: KinesisParameters?.PartitionKey ?? '', Data: input },
  }),
  firehose: ({ Arn }, input) => ({
    service: 'firehose',
    action: 'putRecord',
    input: { DeliveryStreamName: Arn.slice(Arn.lastIndexOf('/') + 1), Record: { Data: input } },
  }),
  sns: ({ Arn }, input) => ({ service: 'sns', action: 'publish', input: { TopicArn: Arn, Message: input } }),
};

/** The service and the action that a target's ARN names; undefined for one that the sandbox does not have. */
export function targetKind(arn: string): { readonly service: string; readonly action?: string } | undefined {
  const [, service, action] = UNIVERSAL.exec(arn) ?? [];
  if (service !== undefined && action !== undefined) return { service, action };
  const named = /^arn:aws:([a-z]+):/.exec(arn)?.[1] ?? '';
  return Object.hasOwn(TEMPLATED, named) ? { service: named } : undefined;
}

/** The call that a target stands for. Throws where a universal target's input is no JSON. */
export function targetCall(
  target: Target,
  input: string,
  context: Pick<ServiceContext, 'endpoint' | 'accountId'>,
): TargetCall {
  const kind = targetKind(target.Arn);
  if (kind?.action !== undefined)
    return { service: kind.service, action: kind.action, input: JSON.parse(input) as Json };
  return TEMPLATED[kind?.service ?? '']!(target, input, context);
}
