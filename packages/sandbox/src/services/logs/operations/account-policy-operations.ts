import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import type { AccountPolicy } from '../account-policies.ts';
import type { LogsState } from '../logs-state.ts';
import {
  assertSubscriptionPolicy,
  deleteAccountPolicy,
  type PutAccountPolicy,
  parsePolicyDocument,
  putAccountPolicy,
} from '../put-account-policy.ts';
import { passRole } from './subscription-operations.ts';

interface PolicyReference {
  readonly policyType: string;
  readonly policyName?: string;
}

/** PutAccountPolicy, DescribeAccountPolicies, DeleteAccountPolicy; of all types, the subscription filter policy. */
export function accountPolicyOperations(state: LogsState): Record<string, JsonOperation> {
  const onAccount = (action: string) => [{ action: `logs:${action}`, resource: '*' }];
  const describe = (policy: AccountPolicy): Record<string, unknown> => ({
    policyName: policy.policyName,
    policyDocument: policy.policyDocument,
    lastUpdatedTime: policy.lastUpdatedTime,
    policyType: 'SUBSCRIPTION_FILTER_POLICY',
    scope: 'ALL',
    ...(policy.selectionCriteria ? { selectionCriteria: policy.selectionCriteria } : {}),
    accountId: state.context.accountId,
  });
  return {
    PutAccountPolicy: {
      permissions: (input: PutAccountPolicy) => [
        ...onAccount('PutAccountPolicy'),
        ...onAccount('PutSubscriptionFilter'),
        ...passRole(parsePolicyDocument(input.policyDocument).RoleArn),
      ],
      handle: async (input: PutAccountPolicy) => ({ accountPolicy: describe(await putAccountPolicy(state, input)) }),
    },
    DescribeAccountPolicies: {
      permissions: () => onAccount('DescribeAccountPolicies'),
      handle(input: PolicyReference) {
        assertSubscriptionPolicy(input.policyType);
        const policy = state.ingestion.accountPolicy;
        const isAskedFor = policy && (input.policyName ?? policy.policyName) === policy.policyName;
        return { accountPolicies: isAskedFor ? [describe(policy)] : [] };
      },
    },
    DeleteAccountPolicy: {
      permissions: () => [...onAccount('DeleteAccountPolicy'), ...onAccount('DeleteSubscriptionFilter')],
      handle(input: PolicyReference) {
        assertSubscriptionPolicy(input.policyType);
        deleteAccountPolicy(state, input.policyName ?? '');
      },
    },
  };
}
