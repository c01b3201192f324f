import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import type { LogsState } from '../logs-state.ts';
import type { MetricTransformation } from '../metric-filter.ts';
import { deleteMetricFilter, putMetricFilter } from '../metric-filters.ts';

interface TransformationProperties {
  readonly MetricName: string;
  readonly MetricNamespace: string;
  readonly MetricValue: string | number;
  readonly DefaultValue?: number | string;
  readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Unit?: string;
}

const KNOWN = ['LogGroupName', 'FilterName', 'FilterPattern', 'MetricTransformations'];
const KNOWN_TRANSFORMATION = ['MetricName', 'MetricNamespace', 'MetricValue', 'DefaultValue', 'Dimensions', 'Unit'];

export function metricFilterResource(state: LogsState): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties('AWS::Logs::MetricFilter', properties, KNOWN);
      const filterName = String(properties.FilterName ?? physicalName(request));
      putMetricFilter(state, {
        logGroupName: String(properties.LogGroupName),
        filterName,
        filterPattern: String(properties.FilterPattern),
        metricTransformations: (properties.MetricTransformations as TransformationProperties[]).map(toTransformation),
      });
      return { ref: filterName };
    },
    async delete({ ref }, { properties }) {
      const logGroupName = String(properties.LogGroupName);
      if (state.store.groups.has(logGroupName)) deleteMetricFilter(state, logGroupName, ref);
    },
  };
}

function toTransformation(properties: TransformationProperties): MetricTransformation {
  refuseUnknownProperties('AWS::Logs::MetricFilter MetricTransformations', { ...properties }, KNOWN_TRANSFORMATION);
  const { DefaultValue, Dimensions, Unit } = properties;
  return {
    metricName: properties.MetricName,
    metricNamespace: properties.MetricNamespace,
    metricValue: String(properties.MetricValue),
    ...(DefaultValue === undefined ? {} : { defaultValue: Number(DefaultValue) }),
    ...(Dimensions ? { dimensions: Object.fromEntries(Dimensions.map(({ Key, Value }) => [Key, Value])) } : {}),
    ...(Unit ? { unit: Unit } : {}),
  };
}
