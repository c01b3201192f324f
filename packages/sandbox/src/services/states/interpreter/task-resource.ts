/** How long a task lasts: until the call is answered, until what it started has ended, or until somebody returns its token. */
export type TaskPattern = 'request-response' | 'sync' | 'sync:2' | 'token';

/** What a Task's Resource names. */
export interface TaskResource {
  readonly arn: string;
  /** `lambda-function` for a function's ARN; `integration` for an optimised one; `aws-sdk` for any call of any service. */
  readonly kind: 'lambda-function' | 'integration' | 'aws-sdk';
  /** As the history shows it: `lambda`, `dynamodb`, `aws-sdk:sqs`. */
  readonly resourceType: string;
  /** As the history shows it: `invoke.waitForTaskToken`. */
  readonly resource: string;
  /** `dynamodb` */
  readonly service: string;
  /** `putItem` */
  readonly action: string;
  readonly pattern: TaskPattern;
}

const PATTERNS: Readonly<Record<string, TaskPattern>> = { sync: 'sync', 'sync:2': 'sync:2', waitForTaskToken: 'token' };

/** Undefined for a resource of another kind, as an activity is. */
export function parseTaskResource(arn: string): TaskResource | undefined {
  if (/^arn:[^:]+:lambda:[^:]*:\d+:function:/.test(arn)) {
    return {
      arn,
      kind: 'lambda-function',
      resourceType: 'lambda',
      resource: 'invoke',
      service: 'lambda',
      action: 'invoke',
      pattern: 'request-response',
    };
  }
  const found =
    /^arn:[^:]+:states:[^:]*:\d*:(aws-sdk:)?([a-z0-9-]+):([A-Za-z0-9]+)(?:\.(sync|sync:2|waitForTaskToken))?$/.exec(
      arn,
    );
  if (!found) return undefined;
  const [, sdk, service = '', action = '', suffix] = found;
  return {
    arn,
    kind: sdk ? 'aws-sdk' : 'integration',
    resourceType: `${sdk ?? ''}${service}`,
    resource: suffix ? `${action}.${suffix}` : action,
    service,
    action,
    pattern: suffix ? (PATTERNS[suffix] as TaskPattern) : 'request-response',
  };
}
