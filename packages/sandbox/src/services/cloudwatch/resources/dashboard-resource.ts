import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';

/** `AWS::CloudWatch::Dashboard`: Ref is its name. */
export function dashboardResource({ dashboards }: CloudWatchState): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::CloudWatch::Dashboard', request.properties, ['DashboardName', 'DashboardBody']);
      const name = String(request.properties.DashboardName ?? physicalName(request));
      dashboards.set(name, String(request.properties.DashboardBody));
      return { ref: name };
    },
    async delete({ ref }) {
      dashboards.delete(ref);
    },
  };
}
