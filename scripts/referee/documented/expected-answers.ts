const NOT_EMULATED = /The sandbox has no iam operation/;

/**
 * Documented commands that the sandbox answers with an error, by service and operation: what the error has to say, and why it is right here.
 * That the AWS CLI takes the command, with its options and their values, is tried all the same.
 */
export const EXPECTED_ERRORS: Readonly<Record<string, { readonly says: RegExp; readonly why: string }>> = {
  'budgets create-notification': { says: /The sandbox has no service budgets/, why: 'the sandbox has no budgets' },
  'iam create-policy': { says: NOT_EMULATED, why: 'the sandbox creates no managed policies by itself' },
  'iam attach-role-policy': { says: NOT_EMULATED, why: 'the sandbox attaches no policies by itself' },
  'logs delete-subscription-filter': {
    says: /ResourceNotFound/,
    why: 'nothing is subscribed in a sandbox that is new',
  },
  'logs put-account-policy': { says: /InvalidParameter|Validation/, why: 'the document leaves stream and role open' },
  'stepfunctions get-execution-history': { says: /InvalidArn|ExecutionDoesNotExist/, why: 'no execution has failed' },
  'stepfunctions redrive-execution': { says: /InvalidArn|ExecutionDoesNotExist/, why: 'no execution has failed' },
};

/**
 * Operations that came to the AWS CLI after version 2.9, which is Debian 12's: the first version that has them. An older one cannot try them.
 * Source: CHANGELOG.rst of the AWS CLI.
 */
export const SINCE_VERSION: Readonly<Record<string, string>> = {
  'logs put-account-policy': '2.13.31',
  'sqs list-message-move-tasks': '2.12.0',
  'sqs start-message-move-task': '2.12.0',
  'stepfunctions redrive-execution': '2.13.36',
};

/** Whether a version of the AWS CLI is older than the first one that has the operation. */
export function isTooOldFor(operation: string, version: string): boolean {
  const since = SINCE_VERSION[operation]?.split('.').map(Number);
  if (since === undefined) return false;
  const have = version.split('.').map(Number);
  const at = since.findIndex((part, index) => part !== have[index]);
  return at >= 0 && (have[at] ?? 0) < (since[at] ?? 0);
}
