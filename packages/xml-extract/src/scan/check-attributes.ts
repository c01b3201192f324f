import {
  type AttributeList,
  attributeHash,
  attributeLocalAt,
  attributeNameAt,
  attributeNameEnd,
  attributeValue,
} from './attributes.ts';
import { type Cursor, fail } from './cursor.ts';
import { declareNamespace, type NamespaceScope, resolvePrefix } from './namespaces.ts';

const XMLNS = 'xmlns';

/** Takes in the namespaces that a tag declares, then checks that its attributes are declared and unique (NSC 6.3). */
export function checkAttributes(cursor: Cursor, list: AttributeList, scope: NamespaceScope, depth: number): void {
  for (let index = 0; index < list.count; index += 1) declareIfNamespace(cursor, list, scope, depth, index);
  for (let index = 0; index < list.count; index += 1) {
    const nameAt = attributeNameAt(list, index);
    const localAt = attributeLocalAt(list, index);
    if (localAt > nameAt) resolvePrefix(cursor, scope, nameAt, localAt - 1);
    for (let other = 0; other < index; other += 1)
      if (attributeHash(list, other) === attributeHash(list, index)) checkPair(cursor, list, scope, other, index);
  }
}

function declareIfNamespace(
  cursor: Cursor,
  list: AttributeList,
  scope: NamespaceScope,
  depth: number,
  index: number,
): void {
  const offset = attributeNameAt(list, index);
  if (!cursor.document.startsWith(XMLNS, offset)) return;
  const localAt = attributeLocalAt(list, index);
  const end = attributeNameEnd(list, index);
  if (localAt === offset ? end !== offset + XMLNS.length : localAt !== offset + XMLNS.length + 1) return;
  const prefix = localAt === offset ? '' : cursor.document.slice(localAt, end);
  declareNamespace(scope, depth, { prefix, uri: attributeValue(cursor, list, index), offset });
}

function checkPair(cursor: Cursor, list: AttributeList, scope: NamespaceScope, first: number, second: number): void {
  const local = localOf(cursor, list, second);
  if (localOf(cursor, list, first) !== local) return;
  const isPrefixed = hasPrefix(list, second);
  if (hasPrefix(list, first) !== isPrefixed) return;
  if (isPrefixed && uriOf(cursor, list, scope, first) !== uriOf(cursor, list, scope, second)) return;
  fail('DUPLICATE_ATTRIBUTE', attributeNameAt(list, second), `The attribute ${local} stands twice in one tag.`);
}

const localOf = ({ document }: Cursor, list: AttributeList, index: number): string =>
  document.slice(attributeLocalAt(list, index), attributeNameEnd(list, index));

const hasPrefix = (list: AttributeList, index: number): boolean =>
  attributeLocalAt(list, index) > attributeNameAt(list, index);

const uriOf = (cursor: Cursor, list: AttributeList, scope: NamespaceScope, index: number): string =>
  resolvePrefix(cursor, scope, attributeNameAt(list, index), attributeLocalAt(list, index) - 1);
