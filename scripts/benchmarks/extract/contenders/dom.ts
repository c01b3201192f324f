import { DOMParser, type Document, type Element as DomElement, type Node } from '@xmldom/xmldom';
import xpath from 'xpath';
import type { DocumentShape } from '../../../../packages/xml-extract/src/index.ts';
import { type Contender, type Finder, type PlainPath, planRecord, recordBy } from './contender.ts';

const ELEMENT = 1;

/** `@xmldom/xmldom`, and a walk from child to child. */
export function domWalk(shape: DocumentShape): Contender {
  const plan = planRecord(shape);
  return (xml) => recordBy(WALK, parse(xml), plan);
}

/** `@xmldom/xmldom`, and one compiled XPath expression for each path. */
export function domXpath(shape: DocumentShape): Contender {
  const plan = planRecord(shape);
  return (xml) => recordBy(XPATH, parse(xml), plan);
}

const parse = (xml: string): Node => new DOMParser().parseFromString(xml, 'text/xml') as Document;

const WALK: Finder<Node> = {
  values: (from, paths) =>
    paths.flatMap(({ elements, attribute }) =>
      walk(from, elements).flatMap((node) => valuesAt(node as DomElement, attribute)),
    ),
  nodes: (from, paths) => paths.flatMap(({ elements }) => walk(from, elements)),
};

function walk(from: Node, names: readonly string[]): Node[] {
  let nodes = [from];
  for (const name of names) nodes = nodes.flatMap((node) => childrenOf(node, name));
  return nodes;
}

function childrenOf(node: Node, name: string): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.nodeType === ELEMENT && (child as DomElement).localName === name) found.push(child);
  return found;
}

function valuesAt(element: DomElement, attribute: string | undefined): string[] {
  if (attribute === undefined) return [(element.textContent ?? '').trim()];
  const value = element.getAttribute(attribute);
  return value === null || !element.hasAttribute(attribute) ? [] : [value];
}

/** What `xpath` has and its types leave out: expressions that are compiled once. */
interface CompiledXPath {
  select(options: { readonly node: Node }): Node[];
}
const { parse: compileXPath } = xpath as unknown as { parse(expression: string): CompiledXPath };

const EXPRESSIONS = new Map<PlainPath, CompiledXPath>();

const XPATH: Finder<Node> = {
  values: (from, paths) =>
    select(from, paths).map((node) =>
      node.nodeType === ELEMENT ? (node.textContent ?? '').trim() : (node.nodeValue ?? ''),
    ),
  nodes: (from, paths) => select(from, paths),
};

function select(from: Node, paths: readonly PlainPath[]): Node[] {
  return paths.flatMap((path) => expressionOf(path).select({ node: from }));
}

function expressionOf(path: PlainPath): CompiledXPath {
  const known = EXPRESSIONS.get(path);
  if (known !== undefined) return known;
  const steps = path.elements.map((name) => `*[local-name()='${name}']`);
  const expression = compileXPath(
    [...steps, ...(path.attribute === undefined ? [] : [`@${path.attribute}`])].join('/'),
  );
  EXPRESSIONS.set(path, expression);
  return expression;
}
