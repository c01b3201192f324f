import type { Detail, Paths, RecordShape } from '../../../../packages/xml-extract/src/index.ts';

/** Takes the details of a message by a shape, as the extractor does, with another library. */
export type Contender = (xml: string) => unknown;

export type ContenderRecord = Record<string, unknown>;

/** A path of the shapes of the benchmark: names of elements, and the attribute at its end. */
export interface PlainPath {
  readonly elements: readonly string[];
  readonly attribute: string | undefined;
}

export const plainPaths = (detail: Detail): PlainPath[] => {
  const paths: Paths = typeof detail === 'object' && 'path' in detail ? detail.path : detail;
  return (typeof paths === 'string' ? [paths] : paths).map(plainPath);
};

function plainPath(path: string): PlainPath {
  const parts = path.split('/').filter((part) => part !== '');
  const attribute = parts.at(-1)?.startsWith('@') ? parts.pop()!.slice(1) : undefined;
  return { elements: parts, attribute };
}

/** What a library must find of one record for {@link recordBy}: the values of paths, and the nodes of repeated elements. */
export interface Finder<Node> {
  values(from: Node, paths: readonly PlainPath[]): string[];
  nodes(from: Node, paths: readonly PlainPath[]): Node[];
}

interface PlannedRecord {
  readonly fields: readonly (readonly [string, PlainPath[]])[];
  readonly lists: readonly (readonly [string, PlainPath[]])[];
  readonly groups: readonly { readonly name: string; readonly paths: PlainPath[]; readonly record: PlannedRecord }[];
}

/** The paths of a shape, split once. */
export function planRecord(shape: RecordShape): PlannedRecord {
  const split = (details: Readonly<Record<string, Detail>> = {}) =>
    Object.entries(details).map(([name, detail]) => [name, plainPaths(detail)] as const);
  const groups = Object.entries(shape.groups ?? {}).map(([name, group]) => ({
    name,
    paths: plainPaths(group.path),
    record: planRecord(group),
  }));
  return { fields: split(shape.fields), lists: split(shape.lists), groups };
}

/** A record of a shape, found by a library. */
export function recordBy<Node>(finder: Finder<Node>, from: Node, plan: PlannedRecord): ContenderRecord {
  const record: ContenderRecord = {};
  for (const [name, paths] of plan.fields) record[name] = finder.values(from, paths)[0];
  for (const [name, paths] of plan.lists) record[name] = finder.values(from, paths);
  for (const { name, paths, record: below } of plan.groups)
    record[name] = finder.nodes(from, paths).map((node) => recordBy(finder, node, below));
  return record;
}
