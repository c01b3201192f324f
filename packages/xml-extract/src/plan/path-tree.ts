import { type ParsedPath, type PathNamespaces, parsePath, type Step, type StepName } from './path.ts';
import {
  type Detail,
  type DocumentShape,
  type GroupShape,
  pathsOf,
  type ReadValue,
  type RecordShape,
  readerOf,
} from './shape.ts';

/** Where a value goes. */
export interface Capture {
  readonly group: number;
  readonly name: string;
  readonly isList: boolean;
  readonly read: ReadValue | undefined;
}

export interface AttributeCapture extends Capture {
  readonly attribute: { readonly local: string; readonly uri: string };
}

/** A kind of record: the document (0), or a repeated element. */
export interface Group {
  readonly parent: number;
  readonly name: string;
  /** An empty record: fields undefined. */
  readonly template: Readonly<Record<string, undefined>>;
  /** Lists and groups, which each record has anew. */
  readonly arrays: readonly string[];
}

/** A place that a path goes through. Paths share the places that they start with. */
export interface PathNode {
  readonly id: number;
  readonly edges: PathEdge[];
  /** Stays when the document goes a level down: the `//` of a path. */
  readonly isLoop: boolean;
  /** The loop that `//` after this place leads to. */
  loop: PathNode | undefined;
  readonly opens: number[];
  readonly texts: Capture[];
  readonly names: Capture[];
  readonly attributes: AttributeCapture[];
}

interface PathEdge {
  /** The step, for paths that share it; '' where a group starts. */
  readonly key: string;
  readonly name: StepName;
  readonly to: PathNode;
}

export interface PathTree {
  readonly nodes: readonly PathNode[];
  readonly groups: readonly Group[];
}

const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The paths of a shape as one tree.
 *
 * @throws RangeError for a path or name that cannot be used
 */
export function growPathTree(shape: DocumentShape): PathTree {
  const tree: Growing = { nodes: [], groups: [], namespaces: shape.namespaces ?? {} };
  addRecord(tree, shape, { parent: -1, name: '', node: newNode(tree, false) });
  return tree;
}

interface Growing extends PathTree {
  readonly nodes: PathNode[];
  readonly groups: Group[];
  readonly namespaces: PathNamespaces;
}

function addRecord(
  tree: Growing,
  shape: RecordShape,
  { parent, name, node }: { readonly parent: number; readonly name: string; readonly node: PathNode },
): void {
  const group = tree.groups.length;
  tree.groups.push({ parent, name, template: templateOf(shape), arrays: arraysOf(shape) });
  if (parent >= 0) node.opens.push(group);
  for (const [field, detail] of Object.entries(shape.fields ?? {}))
    addDetail(tree, node, detail, { group, name: field, isList: false, read: readerOf(detail) });
  for (const [list, detail] of Object.entries(shape.lists ?? {}))
    addDetail(tree, node, detail, { group, name: list, isList: true, read: readerOf(detail) });
  for (const [child, each] of Object.entries(shape.groups ?? {}))
    addRecord(tree, each, { parent: group, name: child, node: groupNode(tree, node, each) });
}

function templateOf(shape: RecordShape): Readonly<Record<string, undefined>> {
  const names = [shape.fields, shape.lists, shape.groups].flatMap((part) => Object.keys(part ?? {}));
  for (const [index, name] of names.entries())
    if (FORBIDDEN_NAMES.has(name) || names.indexOf(name) !== index)
      throw new RangeError(`The name ${name} cannot be used, or is used twice, in one record.`);
  return Object.fromEntries(Object.keys(shape.fields ?? {}).map((name) => [name, undefined]));
}

const arraysOf = (shape: RecordShape): string[] =>
  [shape.lists, shape.groups].flatMap((part) => Object.keys(part ?? {}));

function addDetail(tree: Growing, from: PathNode, detail: Detail, capture: Capture): void {
  for (const path of pathsOf(detail)) {
    const parsed = parsePath(path, tree.namespaces);
    addCapture(walk(tree, from, parsed.steps), parsed, capture);
  }
}

function addCapture(node: PathNode, { attribute, isName }: ParsedPath, capture: Capture): void {
  if (isName) node.names.push(capture);
  else if (attribute === undefined) node.texts.push(capture);
  else node.attributes.push({ ...capture, attribute });
}

/** One place for all ways to a group, so that what is below it is not planned once for each. */
function groupNode(tree: Growing, from: PathNode, shape: GroupShape): PathNode {
  const entry = newNode(tree, false);
  for (const path of pathsOf(shape.path)) {
    const { steps, attribute, isName } = parsePath(path, tree.namespaces);
    const last = steps.at(-1);
    if (last === undefined || attribute !== undefined || isName)
      throw new RangeError(`The path ${path} of a group must lead to an element below.`);
    let node = walk(tree, from, steps.slice(0, -1));
    if (last.isDescendant) node = loopOf(tree, node);
    for (const name of last.names) node.edges.push({ key: '', name, to: entry });
  }
  return entry;
}

function walk(tree: Growing, from: PathNode, steps: readonly Step[]): PathNode {
  let node = from;
  for (const { isDescendant, names } of steps) {
    node = stepTo(tree, isDescendant ? loopOf(tree, node) : node, names);
  }
  return node;
}

function loopOf(tree: Growing, node: PathNode): PathNode {
  node.loop ??= newNode(tree, true);
  return node.loop;
}

function stepTo(tree: Growing, from: PathNode, names: readonly StepName[]): PathNode {
  const key = JSON.stringify(names.map(({ local, uri }) => [local ?? null, uri ?? null]));
  const known = from.edges.find((edge) => edge.key === key);
  if (known !== undefined) return known.to;
  const to = newNode(tree, false);
  for (const name of names) from.edges.push({ key, name, to });
  return to;
}

function newNode(tree: Growing, isLoop: boolean): PathNode {
  const node: PathNode = {
    id: tree.nodes.length,
    edges: [],
    isLoop,
    loop: undefined,
    opens: [],
    texts: [],
    names: [],
    attributes: [],
  };
  tree.nodes.push(node);
  return node;
}
