import type { EventInvokeConfig, FunctionTarget } from '../functions/function-store.ts';
import type { LambdaCore } from '../lambda-core.ts';
import type { QueuedEvent } from './async-queue.ts';
import { deliver, destinationKind, failureObjectKey } from './destination.ts';
import { type Condition, invocationRecord } from './invocation-record.ts';

export interface Outcome {
  readonly target: FunctionTarget;
  readonly settings: EventInvokeConfig | undefined;
  readonly condition: Condition;
  readonly event: QueuedEvent;
}

/** Ends an asynchronous invocation: sends its record to the destination that is set, and a failed event to the dead-letter queue. */
export async function deliverOutcome(core: LambdaCore, outcome: Outcome): Promise<void> {
  const { target, settings, condition } = outcome;
  const isFailure = condition !== 'Success';
  const destinationArn = isFailure ? settings?.onFailureArn : settings?.onSuccessArn;
  const deadLetterArn = isFailure ? target.configuration.deadLetterTargetArn : undefined;
  if (isFailure && !destinationArn && !deadLetterArn)
    core.putMetric(target, { metricName: 'AsyncEventsDropped', value: 1 });
  if (destinationArn)
    await orCount(core, outcome, 'DestinationDeliveryFailures', () => sendRecord(core, outcome, destinationArn));
  if (deadLetterArn)
    await orCount(core, outcome, 'DeadLetterErrors', () => sendDeadLetter(core, outcome, deadLetterArn));
}

/** On AWS a failed delivery shows in a metric and nowhere else; the event is then dropped. */
async function orCount(
  core: LambdaCore,
  { target }: Outcome,
  metricName: string,
  send: () => Promise<void>,
): Promise<void> {
  try {
    await send();
  } catch {
    core.putMetric(target, { metricName, value: 1 });
    core.putMetric(target, { metricName: 'AsyncEventsDropped', value: 1 });
  }
}

async function sendRecord(
  core: LambdaCore,
  { target, condition, event }: Outcome,
  destinationArn: string,
): Promise<void> {
  const { context } = core;
  const now = context.clock.now();
  const functionArn = core.functions.arn(target.record.name, target.qualifier ?? '$LATEST');
  const record = invocationRecord({ event, condition, functionArn, now });
  const { roleArn } = target.configuration;
  if (destinationKind(destinationArn) === 'events') {
    context.peers.iam.assertRoleAllows(roleArn, 'events:PutEvents', destinationArn);
    await context.peers.events.putOnBus(destinationArn, {
      source: 'lambda',
      detailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
      detail: record,
      resources: [destinationArn, functionArn],
    });
    return;
  }
  await deliver(context, {
    destinationArn,
    roleArn,
    body: JSON.stringify(record),
    objectKey: failureObjectKey(`async/${target.record.name}`, now),
  });
}

/** Why an event never ran, other than being throttled. */
const UNTRIED: Partial<Record<Condition, string>> = {
  ZeroReservedConcurrency: 'Function not invoked',
  RecursiveInvocation: 'The function was invoked in a recursive loop.',
};

/** A dead letter is the event itself; what went wrong stands in its attributes. */
async function sendDeadLetter(
  { context }: LambdaCore,
  { target, event, condition }: Outcome,
  destinationArn: string,
): Promise<void> {
  const answer = event.last && (JSON.parse(event.last.payload.toString('utf8')) as { errorMessage?: string });
  await deliver(context, {
    destinationArn,
    roleArn: target.configuration.roleArn,
    body: event.payload,
    attributes: {
      RequestID: event.requestId,
      ErrorCode: event.last ? '200' : '429',
      ErrorMessage: (answer?.errorMessage ?? UNTRIED[condition] ?? 'Rate Exceeded.').slice(0, 1_024),
    },
    objectKey: '',
  });
}
