import { type Cursor, fail } from './cursor.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** The namespace declarations in scope, newest last: three arrays, so that a document without them allocates nothing. */
export interface NamespaceScope {
  readonly prefixes: string[];
  readonly uris: string[];
  /** The depth of the element that declares. */
  readonly depths: number[];
  readonly maxNamespaces: number;
}

export const newScope = (maxNamespaces: number): NamespaceScope => ({
  prefixes: [],
  uris: [],
  depths: [],
  maxNamespaces,
});

/** Takes a declaration in; `offset` is for the message. The rules are those of Namespaces in XML 1.0, sections 2.2 and 3. */
export function declareNamespace(
  scope: NamespaceScope,
  depth: number,
  declaration: { readonly prefix: string; readonly uri: string; readonly offset: number },
): void {
  const { prefix, offset } = declaration;
  const uri = declaration.uri.trim();
  checkReserved(prefix, uri, offset);
  if (prefix !== '' && uri === '') fail('BAD_NAMESPACE', offset, `The prefix ${prefix} is bound to no namespace.`);
  if (scope.prefixes.length >= scope.maxNamespaces)
    fail('TOO_MANY_NAMESPACES', offset, `More than ${scope.maxNamespaces} namespace declarations are in scope.`);
  scope.prefixes.push(prefix);
  scope.uris.push(uri);
  scope.depths.push(depth);
}

function checkReserved(prefix: string, uri: string, offset: number): void {
  if (prefix === 'xmlns') fail('BAD_NAMESPACE', offset, 'The prefix xmlns must not be declared.');
  if (uri === XMLNS) fail('BAD_NAMESPACE', offset, 'Nothing may be bound to the namespace of xmlns.');
  if ((prefix === 'xml') !== (uri === XML))
    fail('BAD_NAMESPACE', offset, 'The prefix xml and its namespace belong to each other only.');
}

/** Forgets what the element at this depth declared. */
export function leaveScope({ prefixes, uris, depths }: NamespaceScope, depth: number): void {
  while (depths.length > 0 && depths[depths.length - 1]! >= depth) {
    depths.pop();
    prefixes.pop();
    uris.pop();
  }
}

/** The namespace of the prefix between two offsets; of the default namespace where they are equal. */
export function resolvePrefix(cursor: Cursor, scope: NamespaceScope, start: number, end: number): string {
  const { document } = cursor;
  for (let index = scope.prefixes.length - 1; index >= 0; index -= 1) {
    const prefix = scope.prefixes[index]!;
    if (prefix.length === end - start && document.startsWith(prefix, start)) return scope.uris[index]!;
  }
  return start === end ? '' : resolveReserved(document.slice(start, end), start);
}

function resolveReserved(prefix: string, offset: number): string {
  if (prefix === 'xml') return XML;
  if (prefix === 'xmlns') return XMLNS;
  fail('UNBOUND_PREFIX', offset, `The prefix ${prefix} is not declared.`);
}
