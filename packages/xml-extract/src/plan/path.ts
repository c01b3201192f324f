/** One step of a path: which elements it goes to. */
export interface Step {
  /** It may be any number of levels below. */
  readonly isDescendant: boolean;
  /** Alternatives of which one must fit. */
  readonly names: readonly StepName[];
}

/** `undefined` stands for any local name, or any namespace and none. */
export interface StepName {
  readonly local: string | undefined;
  readonly uri: string | undefined;
}

export interface ParsedPath {
  readonly steps: readonly Step[];
  /** Whether it is the element's local name that is wanted, not its text. */
  readonly isName: boolean;
  /** The attribute that the path ends with; its namespace is '' where it has no prefix. */
  readonly attribute: { readonly local: string; readonly uri: string } | undefined;
}

/** Prefixes that paths may use, and their namespaces. */
export type PathNamespaces = Readonly<Record<string, string>>;

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_.\-]*`;
const STEP_NAME = new RegExp(`^(?:(${NAME}):)?(${NAME}|\\*)$`, 'u');
const ATTRIBUTE = new RegExp(`^@(?:(${NAME}):)?(${NAME})$`, 'u');

/**
 * Reads a path: `/a/b`, `a/b` (the same), `//b` at any depth, `*` for any element, `a|b` for either, `p:a` in a namespace,
 * at its end `@x` for an attribute or `name()` for the element's local name, `.` for the element itself. A name without prefix fits in any namespace.
 *
 * @throws RangeError where it is none of these
 */
export function parsePath(path: string, namespaces: PathNamespaces): ParsedPath {
  if (path === '.') return { steps: [], isName: false, attribute: undefined };
  const parts = path.replace(/^\/(?!\/)/, '').split('/');
  const last = parts.at(-1)!;
  const attribute = last.startsWith('@') ? parseAttribute(last, path, namespaces) : undefined;
  const isName = last === 'name()';
  if (attribute !== undefined || isName) parts.pop();
  return { steps: parseSteps(parts, path, namespaces), isName, attribute };
}

function parseSteps(parts: readonly string[], path: string, namespaces: PathNamespaces): Step[] {
  const steps: Step[] = [];
  let isDescendant = false;
  for (const [index, part] of parts.entries()) {
    if (part === '') {
      // `//b` is split into '', '', 'b', and `a//b` into 'a', '', 'b'.
      if (isDescendant && index !== 1) throw new RangeError(`The path ${path} has too many slashes in a row.`);
      isDescendant = true;
      continue;
    }
    steps.push({ isDescendant, names: part.split('|').map((name) => parseName(name, path, namespaces)) });
    isDescendant = false;
  }
  if (isDescendant) throw new RangeError(`The path ${path} ends with a slash.`);
  return steps;
}

function parseName(name: string, path: string, namespaces: PathNamespaces): StepName {
  const match = STEP_NAME.exec(name);
  if (match === null) throw new RangeError(`The path ${path} has the step ${name}, which is no name.`);
  const [, prefix, local] = match;
  const uri = prefix === undefined ? undefined : namespaceOf(prefix, path, namespaces);
  return { local: local === '*' ? undefined : local, uri };
}

function parseAttribute(text: string, path: string, namespaces: PathNamespaces): ParsedPath['attribute'] {
  const match = ATTRIBUTE.exec(text);
  if (match === null) throw new RangeError(`The path ${path} ends with ${text}, which names no attribute.`);
  const [, prefix, local] = match;
  return { local: local!, uri: prefix === undefined ? '' : namespaceOf(prefix, path, namespaces) };
}

function namespaceOf(prefix: string, path: string, namespaces: PathNamespaces): string {
  const uri = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  if (uri === undefined) throw new RangeError(`The path ${path} has the prefix ${prefix}, which is not declared.`);
  return uri;
}
