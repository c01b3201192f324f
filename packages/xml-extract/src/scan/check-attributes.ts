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

/** Up to as many attributes are compared pair by pair, which makes no strings; more are put into a set, which stays linear. */
const MAX_PAIRED = 16;

/** Takes in the namespaces that a tag declares, then checks that its attributes are declared and unique (NSC 6.3). */
export function checkAttributes(cursor: Cursor, list: AttributeList, scope: NamespaceScope, depth: number): void {
  for (let index = 0; index < list.count; index += 1) declareIfNamespace(cursor, list, scope, depth, index);
  for (let index = 0; index < list.count; index += 1) if (hasPrefix(list, index)) uriOf(cursor, list, scope, index);
  if (list.count > MAX_PAIRED) checkBySet(cursor, list, scope);
  else checkByPairs(cursor, list, scope);
}

function checkByPairs(cursor: Cursor, list: AttributeList, scope: NamespaceScope): void {
  for (let index = 1; index < list.count; index += 1)
    for (let other = 0; other < index; other += 1)
      if (attributeHash(list, other) === attributeHash(list, index) && isSame(cursor, list, scope, other, index))
        failDuplicate(cursor, list, index);
}

function checkBySet(cursor: Cursor, list: AttributeList, scope: NamespaceScope): void {
  const names = new Set<string>();
  for (let index = 0; index < list.count; index += 1) {
    const uri = hasPrefix(list, index) ? `{${uriOf(cursor, list, scope, index)}}` : '';
    names.add(uri + localOf(cursor, list, index));
    if (names.size <= index) failDuplicate(cursor, list, index);
  }
}

function failDuplicate(cursor: Cursor, list: AttributeList, index: number): never {
  const local = localOf(cursor, list, index);
  fail('DUPLICATE_ATTRIBUTE', attributeNameAt(list, index), `The attribute ${local} stands twice in one tag.`);
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

function isSame(cursor: Cursor, list: AttributeList, scope: NamespaceScope, first: number, second: number): boolean {
  const isPrefixed = hasPrefix(list, second);
  if (hasPrefix(list, first) !== isPrefixed || !isSameLocal(cursor, list, first, second)) return false;
  return !isPrefixed || uriOf(cursor, list, scope, first) === uriOf(cursor, list, scope, second);
}

function isSameLocal({ document }: Cursor, list: AttributeList, first: number, second: number): boolean {
  const firstAt = attributeLocalAt(list, first);
  const secondAt = attributeLocalAt(list, second);
  const length = attributeNameEnd(list, second) - secondAt;
  if (attributeNameEnd(list, first) - firstAt !== length) return false;
  for (let index = 0; index < length; index += 1)
    if (document.charCodeAt(firstAt + index) !== document.charCodeAt(secondAt + index)) return false;
  return true;
}

const localOf = ({ document }: Cursor, list: AttributeList, index: number): string =>
  document.slice(attributeLocalAt(list, index), attributeNameEnd(list, index));

const hasPrefix = (list: AttributeList, index: number): boolean =>
  attributeLocalAt(list, index) > attributeNameAt(list, index);

const uriOf = (cursor: Cursor, list: AttributeList, scope: NamespaceScope, index: number): string =>
  resolvePrefix(cursor, scope, attributeNameAt(list, index), attributeLocalAt(list, index) - 1);
