import { randomUUID } from 'node:crypto';
import type { Caller, ServiceContext } from './service.ts';

/** Who made a call: a caller of the API, or an AWS service on its own account (`lambda.amazonaws.com`). */
export type CallMaker = { readonly caller: Caller } | { readonly invokedBy: string };

/** A management event as CloudTrail writes it; names are those of CloudTrail, which may carry a date (`UpdateFunctionCode20150331v2`). */
export interface ManagementEvent {
  /** `logs`, `lambda`: of `aws.<service>` and `<service>.amazonaws.com`. */
  readonly service: string;
  readonly eventName: string;
  readonly apiVersion?: string;
  readonly requestParameters: Readonly<Record<string, unknown>>;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
}

/**
 * Puts what CloudTrail tells EventBridge about a call on the default bus: at once, where AWS takes minutes.
 * Shape: real events of CloudTrail 1.08; `userIdentity` has the caller's type, ARN, account and access key.
 */
export function emitManagementEvent(context: ServiceContext, event: ManagementEvent, by: CallMaker): void {
  const { service, apiVersion, ...told } = event;
  const source = 'caller' in by ? '127.0.0.1' : by.invokedBy;
  context.peers.events.emit({
    source: `aws.${service}`,
    detailType: 'AWS API Call via CloudTrail',
    detail: {
      eventVersion: '1.08',
      userIdentity: userIdentity(context, by),
      eventTime: new Date(context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      eventSource: `${service}.amazonaws.com`,
      awsRegion: context.region,
      sourceIPAddress: source,
      userAgent: source,
      ...told,
      requestID: randomUUID(),
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsApiCall',
      ...(apiVersion === undefined ? {} : { apiVersion }),
      managementEvent: true,
      recipientAccountId: context.accountId,
      eventCategory: 'Management',
    },
  });
}

function userIdentity({ accountId }: ServiceContext, by: CallMaker): Record<string, unknown> {
  if (!('caller' in by)) return { type: 'AWSService', invokedBy: by.invokedBy };
  const { arn, accessKeyId, roleArn } = by.caller;
  if (!roleArn) return { type: 'IAMUser', arn, accountId, accessKeyId };
  const sessionIssuer = { type: 'Role', arn: roleArn, accountId, userName: roleArn.split('/').at(-1) };
  return { type: 'AssumedRole', arn, accountId, accessKeyId, sessionContext: { sessionIssuer } };
}
