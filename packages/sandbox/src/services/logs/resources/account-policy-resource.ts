import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { LogsState } from '../logs-state.ts';
import { deleteAccountPolicy, putAccountPolicy } from '../put-account-policy.ts';

interface AccountPolicyProperties {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
  readonly PolicyType: string;
  readonly Scope?: string;
  readonly SelectionCriteria?: string;
}

const KNOWN = ['PolicyName', 'PolicyDocument', 'PolicyType', 'Scope', 'SelectionCriteria'];

export function accountPolicyResource(state: LogsState): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::Logs::AccountPolicy', properties, KNOWN);
      const { PolicyName, PolicyDocument, PolicyType, SelectionCriteria } =
        properties as unknown as AccountPolicyProperties;
      await putAccountPolicy(state, {
        policyName: PolicyName,
        policyDocument: PolicyDocument,
        policyType: PolicyType,
        ...(SelectionCriteria ? { selectionCriteria: SelectionCriteria } : {}),
      });
      const { accountId } = state.context;
      return { ref: `${accountId}|${PolicyType}|${PolicyName}`, attributes: { AccountId: accountId } };
    },
    async delete(_created, { properties }) {
      deleteAccountPolicy(state, String(properties.PolicyName));
    },
  };
}
