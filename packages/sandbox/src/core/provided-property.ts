/** Refuses, by name, a CloudFormation property that a provider does not emulate: nothing is silently ignored. */
export function refuseUnknownProperties(
  resourceType: string,
  properties: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const unknown = Object.keys(properties).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`The sandbox does not emulate ${resourceType} ${unknown.join(', ')}.`);
}
