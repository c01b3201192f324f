import { compileEventPattern, type EventMatcher } from '../../events/event-pattern.ts';
import { invalidParameter } from '../sns-error.ts';
import type { MessageAttribute, Publication } from './topic.ts';

/** Whether a subscriber wants a message. */
export type FilterPolicy = (publication: Publication) => boolean;

/**
 * Reads a filter policy over a message's attributes, or its body where it is a JSON object. Its language is that of event patterns.
 * Throws `InvalidParameter`. https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function readFilterPolicy(text: string, scope = 'MessageAttributes'): FilterPolicy {
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') throw invalidParameter(`FilterPolicyScope: ${scope}`);
  const matches = compile(text);
  if (scope === 'MessageAttributes') return ({ attributes }) => matches(attributeValues(attributes));
  return ({ message }) => {
    const body = parsed(message);
    return typeof body === 'object' && body !== null && matches(body);
  };
}

function compile(text: string): EventMatcher {
  try {
    return compileEventPattern(text);
  } catch (error) {
    throw invalidParameter(`FilterPolicy: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function attributeValues(attributes: Readonly<Record<string, MessageAttribute>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { DataType, StringValue = '' }]) => {
      if (DataType.startsWith('Binary')) return [];
      if (DataType === 'String.Array') return [[name, parsed(StringValue) ?? []]];
      return [[name, DataType.startsWith('Number') ? Number(StringValue) : StringValue]];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
