import type { Limits } from '../limits.ts';
import { type AttributeList, newAttributeList } from './attributes.ts';
import type { Cursor } from './cursor.ts';
import { type NamespaceScope, newScope } from './namespaces.ts';

/** How a run of text must be read: as it stands, with references and line ends replaced, or with line ends only. */
export type TextKind = 'plain' | 'references' | 'cdata';

/** The start tag that is open: its name by offsets, its attributes, and the namespaces in scope. */
export interface StartTag {
  readonly cursor: Cursor;
  readonly attributes: AttributeList;
  readonly scope: NamespaceScope;
  nameAt: number;
  /** Where the local part starts. */
  localAt: number;
  nameEnd: number;
  nameHash: number;
}

/** Is told what a document holds, in its order. Offsets only: what a sink does not want is never made a string. */
export interface Sink {
  open(tag: StartTag): void;
  text(start: number, end: number, kind: TextKind): void;
  close(): void;
}

/** All that a scan knows while it goes on. */
export interface Scan {
  readonly cursor: Cursor;
  readonly limits: Limits;
  readonly tag: StartTag;
  readonly sink: Sink;
  /** Two offsets of the name of each open element. */
  readonly open: Int32Array;
  depth: number;
  hasRoot: boolean;
}

/** The state before the first character. */
export function newScan(document: string, limits: Limits, sink: Sink): Scan {
  const { maxNameLength, maxDepth, maxAttributes, maxTextLength, maxNamespaces } = limits;
  const cursor: Cursor = { document, end: document.length, maxNameLength, at: 0, nameHash: 0, nameColon: -1 };
  const attributes = newAttributeList(maxAttributes, maxTextLength);
  const scope = newScope(maxNamespaces);
  const tag: StartTag = { cursor, attributes, scope, nameAt: 0, localAt: 0, nameEnd: 0, nameHash: 0 };
  return { cursor, limits, tag, sink, open: new Int32Array(2 * (maxDepth + 1)), depth: 0, hasRoot: false };
}

/** The name of the element that was opened last. */
export const innermost = ({ cursor, open, depth }: Scan): string =>
  cursor.document.slice(open[2 * depth]!, open[2 * depth + 1]!);
