import { type QueryInput, type QueryValue, textMember } from '../../../core/protocols/query-protocol.ts';
import { invalidParameter } from '../sns-error.ts';
import type { MessageAttribute } from '../topics/topic.ts';

/** Entries of a member that is a list. */
export function entries(input: QueryInput, name: string): readonly QueryInput[] {
  const value = input[name];
  if (value === undefined || value === '') return [];
  if (!Array.isArray(value)) throw invalidParameter(name);
  return value.filter((entry: QueryValue): entry is QueryInput => typeof entry === 'object' && !Array.isArray(entry));
}

/** `Attributes.entry.1.key=a&Attributes.entry.1.value=b` is `{ a: 'b' }`. */
export function textMap(input: QueryInput, name: string): Record<string, string> {
  return Object.fromEntries(
    entries(input, name).map((entry) => [textMember(entry, 'key') ?? '', textMember(entry, 'value') ?? '']),
  );
}

/** Throws `InvalidParameterValue` for an attribute without a type or a value. */
export function messageAttributes(input: QueryInput): Readonly<Record<string, MessageAttribute>> {
  return Object.fromEntries(
    entries(input, 'MessageAttributes').map((entry) => {
      const value = entry.Value as QueryInput | undefined;
      const name = textMember(entry, 'Name') ?? '';
      const DataType = value && textMember(value, 'DataType');
      const [StringValue, BinaryValue] = value
        ? [textMember(value, 'StringValue'), textMember(value, 'BinaryValue')]
        : [];
      if (!DataType || (StringValue === undefined && BinaryValue === undefined))
        throw invalidParameter(`The message attribute '${name}' must have a type and a value`);
      return [name, { DataType, StringValue, BinaryValue }];
    }),
  );
}

export function tagsOf(input: QueryInput): readonly { readonly Key: string; readonly Value: string }[] {
  return entries(input, 'Tags').map((tag) => ({
    Key: textMember(tag, 'Key') ?? '',
    Value: textMember(tag, 'Value') ?? '',
  }));
}

/** A map as the query protocol writes it. */
export function mapOutput(values: Readonly<Record<string, string>>) {
  return { entry: Object.entries(values).map(([key, value]) => ({ key, value })) };
}
