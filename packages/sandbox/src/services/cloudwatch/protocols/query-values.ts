import type { QueryInput, QueryValue } from '../../../core/protocols/query-protocol.ts';
import type { XmlValue } from '../../../core/protocols/xml.ts';

const NUMBERS = new Set([
  'Values',
  'Counts',
  'SampleCount',
  'Sum',
  'Minimum',
  'Maximum',
  'Period',
  'Threshold',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'StorageResolution',
  'MaxRecords',
  'MaxDatapoints',
]);
const BOOLEANS = new Set(['ActionsEnabled', 'ReturnData']);
const TIMES = new Set(['Timestamp', 'StartTime', 'EndTime']);
/** Members of answers that are times although the JSON protocol writes them as numbers. */
const ANSWERED_TIMES = /^Timestamps?$|Timestamp$/;
/** Members of answers that are maps, not structures. */
const MAPS = new Set(['ExtendedStatistics']);

/** Query input, whose leaves are all text, as the JSON protocol would have it: numbers, booleans, times in epoch seconds. */
export function fromQueryInput(input: QueryInput): Record<string, unknown> {
  const read = (name: string, value: QueryValue): unknown => {
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return isList(value) ? value.map((one) => read(name, one)) : fromQueryInput(value);
    // `Value` is a number in a datum, and text in a dimension or a tag.
    if (NUMBERS.has(name) || (name === 'Value' && 'MetricName' in input)) return Number(value);
    if (BOOLEANS.has(name)) return value === 'true';
    return TIMES.has(name) ? Date.parse(value) / 1000 : value;
  };
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, read(name, value)]));
}

/** The answer of a JSON operation as the query protocol writes it: lists as `member`, maps as `entry`, times in ISO 8601. */
export function toQueryOutput(output: unknown): Readonly<Record<string, XmlValue>> {
  return Object.fromEntries(
    Object.entries((output ?? {}) as Record<string, unknown>).map(([name, value]) => [name, toXml(name, value)]),
  );
}

function toXml(name: string, value: unknown): XmlValue {
  if (Array.isArray(value)) return { member: value.map((one) => toXml(name, one)) };
  if (MAPS.has(name))
    return { entry: Object.entries(value as object).map(([key, one]) => ({ key, value: Number(one) })) };
  if (value !== null && typeof value === 'object') return toQueryOutput(value);
  if (typeof value === 'number' && ANSWERED_TIMES.test(name)) return new Date(value * 1000);
  return value as XmlValue;
}

function isList(value: QueryValue): value is readonly QueryValue[] {
  return Array.isArray(value);
}
