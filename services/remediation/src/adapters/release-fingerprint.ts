import { createHash } from 'node:crypto';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';

/** What two versions of the same code and settings differ in, and what a repair changes. Anything else, known or not, counts. */
const SAYS_NOTHING = new Set([
  '$metadata',
  'CodeSize',
  'ConfigSha256',
  'Description',
  'FunctionArn',
  'FunctionName',
  'LastModified',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
  'MasterArn',
  'MemorySize',
  'RevisionId',
  'RuntimeVersionConfig',
  'State',
  'StateReason',
  'StateReasonCode',
  'Timeout',
  'Version',
]);

/** Of a version's code and settings, memory and timeout apart: equal where publishing one would release nothing that the other does not serve. Undefined where its variables cannot be read: their place has the reason, for want of `kms:Decrypt` (https://docs.aws.amazon.com/lambda/latest/api/API_EnvironmentError.html). */
export function releaseFingerprint(configuration: FunctionConfiguration): string | undefined {
  const { SnapStart, ...rest } = configuration;
  if (rest.Environment?.Error !== undefined) return undefined;
  // Whether a snapshot was made is told of published versions alone.
  const settings = { ...rest, snapStart: SnapStart?.ApplyOn ?? 'None' };
  const telling = Object.entries(settings).filter(([key]) => !SAYS_NOTHING.has(key));
  const text = JSON.stringify(Object.fromEntries(telling), (_, value: unknown) => inOrder(value));
  return createHash('sha256').update(text).digest('hex');
}

/** Keys in one order, whatever order they came in. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
