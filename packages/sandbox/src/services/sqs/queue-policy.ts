import type { Principal } from '../../core/peers.ts';
import { ApiError } from '../../core/service.ts';
import { parsePolicyDocument } from '../../iam/policies/policy-document.ts';
import { evaluateResourcePolicy } from '../../iam/policies/resource-policy.ts';
import type { Queue } from './queue/queue.ts';

/** Throws `AccessDenied` unless the queue's policy lets the service send messages on behalf of its source. */
export function assertServiceMaySend(queue: Queue, principal: Extract<Principal, { kind: 'service' }>): void {
  const { service, sourceArn, sourceAccount } = principal;
  const { Policy } = queue.attributes;
  const request = {
    action: 'sqs:SendMessage',
    resource: queue.arn,
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount },
  };
  const decision = Policy && evaluateResourcePolicy(parsePolicyDocument(Policy), { kind: 'service', service }, request);
  if (decision === 'allow') return;
  throw new ApiError(
    'AccessDenied',
    `The policy of ${queue.arn} does not let ${service} send messages for ${sourceArn}.`,
    403,
  );
}
