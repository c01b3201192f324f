/** An intrinsic function call: `{ "Fn::Join": [...] }`. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

/** The call that a node is, if it is one: an object whose only member is `Ref` or `Fn::…`. */
export function intrinsicOf(node: unknown): Intrinsic | undefined {
  if (!isObject(node)) return undefined;
  const [name, ...others] = Object.keys(node);
  if (name === undefined || others.length > 0 || (name !== 'Ref' && !name.startsWith('Fn::'))) return undefined;
  return { name, argument: node[name] };
}

export const isObject = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

/** Logical id and attribute of a Fn::GetAtt, in either of its forms. */
export function getAttTarget(argument: unknown): readonly [logicalId: string, attribute: unknown] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot > 0) return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (Array.isArray(argument) && argument.length === 2 && typeof argument[0] === 'string')
    return [argument[0], argument[1]];
  throw new Error(`Fn::GetAtt needs a logical id and an attribute, not ${JSON.stringify(argument)}.`);
}

/** Text and variables of a Fn::Sub, in either of its forms. */
export function subArguments(argument: unknown): readonly [text: string, variables: Readonly<Record<string, unknown>>] {
  if (typeof argument === 'string') return [argument, {}];
  if (Array.isArray(argument) && typeof argument[0] === 'string' && isObject(argument[1] ?? {})) {
    return [argument[0], (argument[1] ?? {}) as Readonly<Record<string, unknown>>];
  }
  throw new Error(`Fn::Sub needs a text, or a text and its variables, not ${JSON.stringify(argument)}.`);
}

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}` which stands for itself. */
export const SUB_VARIABLE = /\$\{(!?)([^{}]+)\}/g;
