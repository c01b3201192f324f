/** Whether two values of a template are written alike: nobody knows before the deploy what CloudFormation makes of them. */
export const isSameValue = (a: unknown, b: unknown): boolean =>
  a !== undefined && (a === b || JSON.stringify(a) === JSON.stringify(b));

/** The logical id or parameter that a value means as a whole: `Ref`, or `Fn::Sub` of nothing else. */
export function referencedBy(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref: reference, 'Fn::Sub': text } = value as { readonly Ref?: unknown; readonly 'Fn::Sub'?: unknown };
  if (typeof reference === 'string') return reference;
  return typeof text === 'string' ? /^\$\{([A-Za-z0-9]+)\}$/.exec(text)?.[1] : undefined;
}
