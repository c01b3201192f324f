import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { Distribution } from '../delivery/destination.ts';
import type { LogsState } from '../logs-state.ts';
import { deleteSubscriptionFilter, putSubscriptionFilter } from '../subscription-filters.ts';

interface SubscriptionFilterProperties {
  readonly LogGroupName: string;
  readonly FilterName?: string;
  readonly FilterPattern: string;
  readonly DestinationArn: string;
  readonly RoleArn?: string;
  readonly Distribution?: Distribution;
}

const KNOWN = ['LogGroupName', 'FilterName', 'FilterPattern', 'DestinationArn', 'RoleArn', 'Distribution'];

export function subscriptionFilterResource(state: LogsState): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::Logs::SubscriptionFilter', request.properties, KNOWN);
      const properties = request.properties as unknown as SubscriptionFilterProperties;
      const filterName = properties.FilterName ?? physicalName(request);
      await putSubscriptionFilter(state, {
        logGroupName: properties.LogGroupName,
        filterName,
        filterPattern: properties.FilterPattern,
        destinationArn: properties.DestinationArn,
        ...(properties.RoleArn ? { roleArn: properties.RoleArn } : {}),
        ...(properties.Distribution ? { distribution: properties.Distribution } : {}),
      });
      return { ref: filterName };
    },
    async delete({ ref }, { properties }) {
      const logGroupName = String(properties.LogGroupName);
      if (state.store.groups.has(logGroupName)) deleteSubscriptionFilter(state, logGroupName, ref);
    },
  };
}
