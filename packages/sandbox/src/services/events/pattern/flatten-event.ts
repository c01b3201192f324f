/** A leaf of an event. */
export interface EventField {
  readonly value: string | number | boolean | null;
  /** Of which element of which array the leaf is a part, by the array's own place in the event. */
  readonly memberships: ReadonlyMap<string, number>;
}

/** Parts of a path are joined by this: no JSON key of a real event has it. */
export const PATH_SEPARATOR = '\u0000';

/** The leaves of an event by their path; elements of an array have the path of the array. */
export function flattenEvent(event: unknown): ReadonlyMap<string, readonly EventField[]> {
  const fields = new Map<string, EventField[]>();
  visit(event, '', '', new Map(), fields);
  return fields;
}

function visit(
  value: unknown,
  path: string,
  place: string,
  memberships: ReadonlyMap<string, number>,
  fields: Map<string, EventField[]>,
): void {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      const inside = isNested(element) ? new Map([...memberships, [place, index] as const]) : memberships;
      visit(element, path, `${place}[${index}]`, inside, fields);
    }
  } else if (isNested(value)) {
    for (const [name, member] of Object.entries(value)) {
      const below = path === '' ? name : `${path}${PATH_SEPARATOR}${name}`;
      visit(member, below, `${place}${PATH_SEPARATOR}${name}`, memberships, fields);
    }
  } else if (value !== undefined) {
    const found = fields.get(path) ?? [];
    found.push({ value: value as EventField['value'], memberships });
    fields.set(path, found);
  }
}

function isNested(value: unknown): value is object {
  return value !== null && typeof value === 'object';
}
