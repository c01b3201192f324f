/** A group of a template's properties that refuses, by name, what nobody asks it for. */
export type Given = Readonly<Record<string, unknown>>;

export function refuseOthers(what: string, given: Given, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`The sandbox does not emulate ${what} ${unknown.join(', ')}.`);
}

export const objectOf = (value: unknown): Given => (value ?? {}) as Given;

export const listIn = (value: unknown): readonly Given[] => (value ?? []) as readonly Given[];

/** CloudFormation writes lists plainly, or under `Items`. */
export function textsIn(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : ((objectOf(value).Items ?? []) as readonly unknown[]);
  return list.map(String);
}

export const isTrue = (value: unknown): boolean => String(value) === 'true';
