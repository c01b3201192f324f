import { ApiError } from '../../../core/service.ts';

/** A target as PutTargets takes it. */
export interface RuleTarget {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  readonly KinesisParameters?: { readonly PartitionKeyPath: string };
  readonly SqsParameters?: { readonly MessageGroupId: string };
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
}

const KNOWN = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'KinesisParameters',
  'SqsParameters',
  'DeadLetterConfig',
  'RetryPolicy',
]);

const SERVICES = new Set(['lambda', 'sqs', 'kinesis', 'firehose', 'logs', 'events', 'states', 'sns']);
const NEEDS_ROLE = new Set(['kinesis', 'firehose', 'events', 'states']);

/** Service that a target's ARN names. */
export function targetService(arn: string): string {
  return arn.split(':')[2] ?? '';
}

/** Throws `ValidationException` for a target that is wrong, and for one that the sandbox does not emulate, by its name. */
export function assertTarget(target: RuleTarget): void {
  const unknown = Object.keys(target).filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) throw invalid(`The sandbox does not emulate ${unknown.join(', ')} of a target.`);
  const service = targetService(target.Arn ?? '');
  if (!SERVICES.has(service)) throw invalid(`The sandbox does not emulate the target ${target.Arn}.`);
  if (!target.Id) throw invalid('A target needs an Id.');
  if (NEEDS_ROLE.has(service) && !target.RoleArn) throw invalid(`RoleArn is required for target ${target.Arn}.`);
  const inputs = [target.Input, target.InputPath, target.InputTransformer].filter((input) => input !== undefined);
  if (inputs.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  if (target.SqsParameters) throw invalid('The sandbox does not emulate SqsParameters (FIFO queues) of a target.');
  if (target.Input !== undefined) assertJson(target.Input, target.Id);
}

function assertJson(text: string, id: string): void {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw Object.assign(invalid(`JSON syntax error in input for target ${id}`), { cause });
  }
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}
