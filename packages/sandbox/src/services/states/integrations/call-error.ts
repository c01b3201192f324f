import { AWS_SERVICES, type SdkModule } from '../../../core/aws-calls/aws-services.ts';
import { UnknownMemberError } from '../../../core/aws-calls/sdk-shapes.ts';
import type { TaskResource } from '../interpreter/task-resource.ts';
import { StateError } from '../language/state-error.ts';

/** How optimised integrations, which call through an older SDK, name a service and its errors. */
const OPTIMISED: Readonly<
  Record<string, { readonly prefix: string; readonly service: string; readonly other: string }>
> = {
  lambda: { prefix: 'Lambda', service: 'AWSLambda', other: 'AWSLambdaException' },
  dynamodb: { prefix: 'DynamoDB', service: 'AmazonDynamoDBv2', other: 'AmazonDynamoDBException' },
  sqs: { prefix: 'SQS', service: 'AmazonSQS', other: 'AmazonSQSException' },
  sns: { prefix: 'SNS', service: 'AmazonSNS', other: 'AmazonSNSException' },
  eventbridge: { prefix: 'EventBridge', service: 'AmazonEventBridge', other: 'AmazonEventBridgeException' },
  sfn: { prefix: 'StepFunctions', service: 'AWSStepFunctions', other: 'AWSStepFunctionsException' },
};

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/**
 * Names what an SDK threw as AWS does: `DynamoDb.ConditionalCheckFailedException` for an error of the service's model,
 * `DynamoDb.DynamoDbException` for any other answer (a refusal by IAM, a validation), `DynamoDb.SdkClientException` where there was none.
 */
export function callError(
  error: unknown,
  resource: TaskResource,
  service: string,
  module: SdkModule | undefined,
): StateError {
  if (error instanceof StateError) return error;
  if (error instanceof UnknownMemberError) return new StateError('States.Runtime', error.message);
  const known = error as SdkError;
  const optimised = resource.kind === 'aws-sdk' ? undefined : OPTIMISED[service];
  const name = AWS_SERVICES[service]?.name ?? service;
  const prefix = optimised?.prefix ?? name;
  const status = known.$metadata?.httpStatusCode;
  if (status === undefined)
    return new StateError(`${prefix}.SdkClientException`, `Unable to execute HTTP request: ${known.message}`);
  const isModelled = typeof module?.[known.name] === 'function';
  const other = optimised?.other ?? `${name}Exception`;
  const code = isModelled ? (known.name.endsWith('Exception') ? known.name : `${known.name}Exception`) : other;
  const requestId = known.$metadata?.requestId ?? '';
  const cause = optimised
    ? `${known.message} (Service: ${optimised.service}; Status Code: ${status}; Error Code: ${known.name}; Request ID: ${requestId}; Proxy: null)`
    : `${known.message} (Service: ${name}, Status Code: ${status}, Request ID: ${requestId})`;
  return new StateError(`${prefix}.${code}`, cause);
}
