import type { ResourceProvider } from '../../../core/service.ts';
import type { LogsState } from '../logs-state.ts';
import { accountPolicyResource } from './account-policy-resource.ts';
import { logGroupResource } from './log-group-resource.ts';
import { metricFilterResource } from './metric-filter-resource.ts';
import { subscriptionFilterResource } from './subscription-filter-resource.ts';

/** The `AWS::Logs::…` types that stacks may have. */
export function logResourceProviders(state: LogsState): Readonly<Record<string, ResourceProvider>> {
  return {
    'AWS::Logs::LogGroup': logGroupResource(state),
    'AWS::Logs::SubscriptionFilter': subscriptionFilterResource(state),
    'AWS::Logs::AccountPolicy': accountPolicyResource(state),
    'AWS::Logs::MetricFilter': metricFilterResource(state),
  };
}
