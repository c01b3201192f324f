import { notEmulated } from './search-error.ts';

/** How a field is searched: its words by white space, a time, or not at all. */
export type FieldType = 'text' | 'date' | 'unsearched';

type Given = Readonly<Record<string, unknown>>;

/** Reads the body of `PUT /index`: text by white space, dates in epoch milliseconds, keywords that are kept and not searched. */
export function readMapping(body: Given): ReadonlyMap<string, FieldType> {
  const { mappings, ...others } = body;
  refuseMembers('an index with', others);
  const { dynamic, properties = {}, ...rest } = (mappings ?? {}) as { dynamic?: unknown; properties?: Given };
  refuseMembers('a mapping with', rest);
  if (dynamic !== 'strict') throw notEmulated('a mapping that is not dynamic: strict');
  return new Map(Object.entries(properties).map(([name, field]) => [name, typeOf(name, field as Given)]));
}

function typeOf(name: string, { type, ...options }: Given): FieldType {
  const given = JSON.stringify({ type, ...options });
  if (given === '{"type":"text","analyzer":"whitespace"}') return 'text';
  if (given === '{"type":"date","format":"epoch_millis"}') return 'date';
  if (given === '{"type":"keyword","index":false,"doc_values":false}') return 'unsearched';
  throw notEmulated(`a field ${name} of ${given}`);
}

function refuseMembers(what: string, members: Given): void {
  const [unknown] = Object.keys(members);
  if (unknown !== undefined) throw notEmulated(`${what} ${unknown}`);
}
