import { parseQueryInput, type QueryInput, type QueryValue } from '../../core/protocols/query-protocol.ts';
import { renderXml, type XmlValue } from '../../core/protocols/xml.ts';
import type { Input } from './queue/queues.ts';

/**
 * SQS spoke the query protocol before JSON, and AWS CLI 2.9 (Debian 12) still does. Names and flattened lists as in the service model of that
 * time: botocore 1.29, data/sqs/2012-11-05.
 */
const XMLNS = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** Lists are flattened under the name of one member; the JSON protocol has the plural. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  TagKey: 'TagKeys',
};
/** Maps are lists of name and value. */
const MAPS: Readonly<Record<string, string>> = {
  Attribute: 'Attributes',
  MessageAttribute: 'MessageAttributes',
  MessageSystemAttribute: 'MessageSystemAttributes',
  Tag: 'Tags',
};
const NUMBERS = ['DelaySeconds', 'VisibilityTimeout', 'MaxNumberOfMessages', 'WaitTimeSeconds', 'MaxResults'];

/** Operations whose answer has no result; that of every other is there though it may be empty. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set([
  'AddPermission',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'DeleteQueue',
  'PurgeQueue',
  'RemovePermission',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]);

export function isQueryRequest(headers: Readonly<Record<string, string>>): boolean {
  return headers['x-amz-target'] === undefined && (headers['content-type'] ?? '').includes('x-www-form-urlencoded');
}

/** The operation and its input as the JSON protocol would have sent them. */
export function readQueryRequest(body: Buffer, url: string): { operation: string; input: Input } {
  const form = new URLSearchParams(body.toString('utf8'));
  const operation = form.get('Action') ?? '';
  const input = convert(parseQueryInput(form));
  const path = url.split('?')[0] ?? '';
  const named = path.length > 1 && input.QueueUrl === undefined ? { ...input, QueueUrl: path } : input;
  if (operation !== 'CreateQueue' || named.Tags === undefined) return { operation, input: named };
  const { Tags: tags, ...rest } = named;
  return { operation, input: { ...rest, tags } };
}

/** The answer to an operation, from the output that the JSON protocol would have had. */
export function renderQueryOutput(operation: string, output: object): string {
  const result = xmlMembers(operation, output);
  const hasResult = !WITHOUT_RESULT.has(operation);
  return renderXml({ [`${operation}Response`]: hasResult ? { [`${operation}Result`]: result } : {} }, { xmlns: XMLNS });
}

function convert(input: QueryInput): Record<string, unknown> {
  const entries = Object.entries(input).map(([name, value]): [string, unknown] => {
    if (LISTS[name]) return [LISTS[name], value];
    if (MAPS[name]) return [MAPS[name], mapOf(value)];
    if (name.endsWith('BatchRequestEntry')) return ['Entries', (value as QueryInput[]).map(convert)];
    return [name, NUMBERS.includes(name) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}

function mapOf(list: QueryValue): Record<string, unknown> {
  return Object.fromEntries((list as QueryInput[]).map((entry) => [entry.Name ?? entry.Key, entry.Value]));
}

function xmlMembers(operation: string, output: object): Record<string, XmlValue> {
  return Object.fromEntries(Object.entries(output).map(([name, value]) => xmlMember(operation, name, value)));
}

function xmlMember(operation: string, name: string, value: unknown): [string, XmlValue] {
  switch (name) {
    case 'QueueUrls':
    case 'queueUrls':
      return ['QueueUrl', value as XmlValue];
    case 'Attributes':
      return ['Attribute', nameAndValue(value, 'Name')];
    case 'MessageAttributes':
      return ['MessageAttribute', nameAndValue(value, 'Name')];
    case 'Tags':
      return ['Tag', nameAndValue(value, 'Key')];
    case 'Messages':
      return ['Message', (value as object[]).map((message) => xmlMembers(operation, message))];
    case 'Successful':
      return [`${operation}ResultEntry`, value as XmlValue];
    case 'Failed':
      return ['BatchResultErrorEntry', value as XmlValue];
    default:
      return [name, value as XmlValue];
  }
}

function nameAndValue(map: unknown, nameMember: string): XmlValue {
  return Object.entries(map as Record<string, XmlValue>).map(([name, Value]) => ({ [nameMember]: name, Value }));
}
