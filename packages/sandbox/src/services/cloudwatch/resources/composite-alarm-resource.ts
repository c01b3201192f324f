import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { CompositeSettings } from '../alarms/composite-alarms.ts';
import type { CloudWatchState } from '../cloudwatch-state.ts';

const KNOWN = [
  'AlarmName',
  'AlarmRule',
  'AlarmDescription',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
];

/** `AWS::CloudWatch::CompositeAlarm`: Ref is its name, `Arn` its ARN. */
export function compositeAlarmResource({ composites }: CloudWatchState): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::CloudWatch::CompositeAlarm', request.properties, KNOWN);
      const { ActionsEnabled = true, ...properties } = request.properties;
      const settings = {
        AlarmName: physicalName(request),
        ...properties,
        ActionsEnabled: String(ActionsEnabled) === 'true',
      };
      const alarm = composites.put(settings as unknown as CompositeSettings);
      return { ref: alarm.settings.AlarmName, attributes: { Arn: alarm.arn } };
    },
    async delete({ ref }) {
      composites.alarms.delete(ref);
    },
  };
}
