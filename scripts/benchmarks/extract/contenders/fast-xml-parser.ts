import { XMLParser } from 'fast-xml-parser';
import type { DocumentShape } from '../../../../packages/xml-extract/src/index.ts';
import { type Contender, type Finder, planRecord, recordBy } from './contender.ts';

type Tree = string | { readonly [name: string]: Tree | readonly Tree[] };

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

/** `fast-xml-parser` without its validator, and a walk through its objects. It accepts documents that are not well-formed. */
export function fastXmlParser(shape: DocumentShape): Contender {
  const plan = planRecord(shape);
  return (xml) => recordBy(OBJECTS, PARSER.parse(xml) as Tree, plan);
}

const OBJECTS: Finder<Tree> = {
  values: (from, paths) =>
    paths.flatMap(({ elements, attribute }) =>
      walk(from, attribute === undefined ? elements : [...elements, `@${attribute}`]).map(textOf),
    ),
  nodes: (from, paths) => paths.flatMap(({ elements }) => walk(from, elements)),
};

function walk(from: Tree, names: readonly string[]): Tree[] {
  let trees: Tree[] = [from];
  for (const name of names) trees = trees.flatMap((tree) => (typeof tree === 'string' ? [] : listOf(tree[name])));
  return trees;
}

const listOf = (found: Tree | readonly Tree[] | undefined): readonly Tree[] =>
  found === undefined ? [] : Array.isArray(found) ? found : [found as Tree];

const textOf = (tree: Tree): string => (typeof tree === 'string' ? tree : String(tree['#text'] ?? ''));
