/** The account's cluster parameter groups, each with the parameters that differ from its family's. */
export class ParameterGroups {
  readonly #groups = new Map<string, Readonly<Record<string, unknown>>>();

  /** Refuses, by name, a parameter that the sandbox's database does not heed. */
  put(name: string, parameters: Readonly<Record<string, unknown>>): void {
    for (const [parameter, value] of Object.entries(parameters)) assertEmulated(parameter, String(value));
    this.#groups.set(name, parameters);
  }

  remove(name: string): void {
    this.#groups.delete(name);
  }

  maxConnections(name: string): number | undefined {
    const value = this.#groups.get(name)?.max_connections;
    return value === undefined ? undefined : Number(value);
  }
}

function assertEmulated(parameter: string, value: string): void {
  if (parameter === 'max_connections' && Number(value) > 0) return;
  if (parameter === 'shared_preload_libraries' && value === 'pg_stat_statements') return;
  throw new Error(`The sandbox does not emulate the cluster parameter ${parameter} = ${value}.`);
}
