interface DefinitionProperties {
  readonly DefinitionString?: string;
  readonly Definition?: object;
  readonly DefinitionSubstitutions?: Readonly<Record<string, unknown>>;
}

/**
 * The definition that a template gives as text or as an object, its `${Name}` filled from DefinitionSubstitutions.
 * Throws unless there is exactly one.
 */
export function definitionText({
  DefinitionString,
  Definition,
  DefinitionSubstitutions = {},
}: DefinitionProperties): string {
  if ((DefinitionString === undefined) === (Definition === undefined)) {
    throw new Error(
      'A state machine needs either DefinitionString or Definition: the sandbox does not emulate DefinitionS3Location.',
    );
  }
  const text = DefinitionString ?? JSON.stringify(Definition);
  return text.replace(/\$\{([A-Za-z0-9_]+)\}/g, (token, name: string) => {
    const value = DefinitionSubstitutions[name];
    // Inside a JSON text, a value is escaped as one.
    return value === undefined ? token : JSON.stringify(String(value)).slice(1, -1);
  });
}
