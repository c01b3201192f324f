/** A part for each resource that a scenario names. */
export function mapOf<S, T>(specs: Readonly<Record<string, S>>, create: (name: string, spec: S) => T): Map<string, T> {
  return new Map(Object.entries(specs).map(([name, spec]) => [name, create(name, spec)]));
}
