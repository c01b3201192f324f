import type { PathNamespaces } from './path.ts';

/** One path, or several of which the first in the document counts that is not empty. */
export type Paths = string | readonly string[];

/** Where a detail stands, and how it is read. */
export type Detail = Paths | { readonly path: Paths; readonly read?: ReadValue };

/** Changes a value before it leaves the extractor, such as a masking of card numbers. */
export type ReadValue = (value: string) => string;

/** What is wanted of one record, as data. Paths are relative to the record's element. */
export interface RecordShape {
  /** Single details: the first in the document that is not empty. Text without the white space around it, or an attribute's value. */
  readonly fields?: Readonly<Record<string, Detail>>;
  /** Repeated details: all of them, in the document's order. */
  readonly lists?: Readonly<Record<string, Detail>>;
  /** Repeated elements: a record for each, in the document's order. */
  readonly groups?: Readonly<Record<string, GroupShape>>;
}

/** Records that lie at a path of their own below others. */
export interface GroupShape extends RecordShape {
  readonly path: Paths;
}

/** What is wanted of a document. */
export interface DocumentShape extends RecordShape {
  /** Prefixes that paths use. Prefixes in documents are of no importance. */
  readonly namespaces?: PathNamespaces;
}

/** The record that a shape yields: fields that are absent are `undefined`, lists and groups that are absent are empty. */
export type Extracted<S extends RecordShape> = FieldsOf<S> & ListsOf<S> & GroupsOf<S>;

type FieldsOf<S> = S extends { readonly fields: infer F } ? { readonly [K in keyof F]: string | undefined } : unknown;
type ListsOf<S> = S extends { readonly lists: infer L } ? { readonly [K in keyof L]: readonly string[] } : unknown;
type GroupsOf<S> = S extends { readonly groups: infer G }
  ? { readonly [K in keyof G]: G[K] extends RecordShape ? readonly Extracted<G[K]>[] : never }
  : unknown;

export const pathsOf = (detail: Detail): readonly string[] => {
  const paths = typeof detail === 'object' && 'path' in detail ? detail.path : detail;
  return typeof paths === 'string' ? [paths] : paths;
};

export const readerOf = (detail: Detail): ReadValue | undefined =>
  typeof detail === 'object' && 'read' in detail ? detail.read : undefined;
