import { ApiError } from '../../core/service.ts';
import { type AccountPolicy, parseSelectionCriteria } from './account-policies.ts';
import { type Distribution, openDestination } from './delivery/destination.ts';
import { compileFilterPattern } from './filter-pattern/filter-pattern.ts';
import type { LogsState } from './logs-state.ts';

export interface PutAccountPolicy {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly policyType: string;
  readonly scope?: string;
  readonly selectionCriteria?: string;
}

/** What the document of a subscription policy holds. */
export interface SubscriptionPolicyDocument {
  readonly DestinationArn: string;
  readonly RoleArn?: string;
  readonly FilterPattern?: string;
  readonly Distribution?: Distribution;
}

export function parsePolicyDocument(text: string): SubscriptionPolicyDocument {
  try {
    const document: unknown = JSON.parse(text);
    if (document !== null && typeof document === 'object' && 'DestinationArn' in document) {
      return document as SubscriptionPolicyDocument;
    }
  } catch {
    // Said below, in the same words as for a document without a destination.
  }
  throw new ApiError('InvalidParameterException', 'policyDocument must be JSON with a DestinationArn.');
}

/** Sets the account's subscription policy, once its destination has answered the test. Throws where the account has another one. */
export async function putAccountPolicy(state: LogsState, input: PutAccountPolicy): Promise<AccountPolicy> {
  assertSubscriptionPolicy(input.policyType);
  const { context, ingestion } = state;
  const known = ingestion.accountPolicy;
  if (known && known.policyName !== input.policyName) {
    throw new ApiError(
      'LimitExceededException',
      'Only one account-level subscription filter policy is allowed per Region.',
    );
  }
  const excludedGroups = parseSelectionCriteria(input.selectionCriteria);
  const document = parsePolicyDocument(input.policyDocument);
  const pattern = compileFilterPattern(document.FilterPattern ?? '');
  const destination = openDestination(context, {
    destinationArn: document.DestinationArn,
    roleArn: document.RoleArn,
    distribution: document.Distribution ?? 'Random',
    sourceArn: `arn:aws:logs:${context.region}:${context.accountId}:log-group:*`,
  });
  await destination.verify();
  const now = context.clock.now();
  const policy = {
    policyName: input.policyName,
    policyDocument: input.policyDocument,
    ...(input.selectionCriteria ? { selectionCriteria: input.selectionCriteria } : {}),
    lastUpdatedTime: now,
    excludedGroups,
    subscription: {
      name: input.policyName,
      filterPattern: document.FilterPattern ?? '',
      pattern,
      destination,
      createdAt: now,
      isAccountPolicy: true,
      disabledUntil: 0,
    },
  };
  ingestion.accountPolicy = policy;
  return policy;
}

/** Throws `ResourceNotFoundException` where the account has no policy of this name. */
export function deleteAccountPolicy({ ingestion }: LogsState, policyName: string): void {
  if (ingestion.accountPolicy?.policyName !== policyName) {
    throw new ApiError('ResourceNotFoundException', `The specified account policy ${policyName} does not exist.`);
  }
  ingestion.accountPolicy = undefined;
}

export function assertSubscriptionPolicy(policyType: string): void {
  if (policyType === 'SUBSCRIPTION_FILTER_POLICY') return;
  throw new ApiError(
    'InvalidParameterException',
    `The sandbox does not emulate account policies of type ${policyType}.`,
  );
}
