import type { ServiceContext } from '../../../core/service.ts';
import type { Output } from '../dynalite.ts';
import { isTrue } from './template-boolean.ts';

/** `SSEEnabled` is CloudFormation's name, `Enabled` the API's; false means the key that AWS owns, which has no description. */
export function encryption(context: ServiceContext, specification: unknown): Output {
  const sse = specification as { SSEEnabled?: unknown; Enabled?: unknown; KMSMasterKeyId?: string } | undefined;
  if (!sse || !isTrue(sse.SSEEnabled ?? sse.Enabled)) return {};
  const key = sse.KMSMasterKeyId ?? 'alias/aws/dynamodb';
  const arn = key.startsWith('arn:')
    ? key
    : `arn:aws:kms:${context.region}:${context.accountId}:${key.includes('/') ? key : `key/${key}`}`;
  return { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: arn } };
}
