import { randomUUID } from 'node:crypto';
import type { Caller, ServiceContext } from '../../core/service.ts';

/** Who made a log group: a caller of the API, or an AWS service on its own account (`lambda.amazonaws.com`). */
export type GroupCreator = { readonly caller: Caller } | { readonly invokedBy: string };

/**
 * Puts what CloudTrail tells EventBridge about a new log group on the default bus.
 * Shape: real events of CloudTrail 1.08; `userIdentity` has the caller's type, ARN, account and access key.
 */
export function emitCreateLogGroup(
  context: ServiceContext,
  requestParameters: Readonly<Record<string, unknown>>,
  creator: GroupCreator,
): void {
  const source = 'caller' in creator ? '127.0.0.1' : creator.invokedBy;
  context.peers.events.emit({
    source: 'aws.logs',
    detailType: 'AWS API Call via CloudTrail',
    detail: {
      eventVersion: '1.08',
      userIdentity: userIdentity(context, creator),
      eventTime: new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      eventSource: 'logs.amazonaws.com',
      eventName: 'CreateLogGroup',
      awsRegion: context.region,
      sourceIPAddress: source,
      userAgent: source,
      requestParameters,
      responseElements: null,
      requestID: randomUUID(),
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsApiCall',
      apiVersion: '20140328',
      managementEvent: true,
      recipientAccountId: context.accountId,
      eventCategory: 'Management',
    },
  });
}

function userIdentity({ accountId }: ServiceContext, creator: GroupCreator): Record<string, unknown> {
  if (!('caller' in creator)) return { type: 'AWSService', invokedBy: creator.invokedBy };
  const { arn, accessKeyId, roleArn } = creator.caller;
  if (!roleArn) return { type: 'IAMUser', arn, accountId, accessKeyId };
  const sessionIssuer = { type: 'Role', arn: roleArn, accountId, userName: roleArn.split('/').at(-1) };
  return { type: 'AssumedRole', arn, accountId, accessKeyId, sessionContext: { sessionIssuer } };
}
