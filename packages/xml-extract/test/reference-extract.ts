import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type ParsedPath, parsePath, type Step } from '../src/plan/path.ts';
import { type Detail, type DocumentShape, pathsOf, type RecordShape } from '../src/plan/shape.ts';

interface TreeElement {
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly { readonly local: string; readonly uri: string; readonly value: string }[];
  readonly children: TreeElement[];
  text: string;
}

/** The same extraction with saxes, a tree and paths tried one by one; `undefined` where saxes finds the document wrong. */
export function referenceExtract(xml: string, shape: DocumentShape): unknown {
  const document = parseTree(xml);
  return document === undefined ? undefined : recordOf([document], shape, shape.namespaces ?? {});
}

function parseTree(xml: string): TreeElement | undefined {
  // Any version 1.x is read as 1.0: XML 1.0, fifth edition, section 2.8.
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const document: TreeElement = { local: '', uri: '', attributes: [], children: [], text: '' };
  const open = [document];
  const refuse = (): never => {
    throw new Refused();
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', (tag) => {
    const element = elementOf(tag);
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    open.at(-1)!.text += text;
  });
  parser.on('cdata', (text) => {
    open.at(-1)!.text += text;
  });
  parser.on('closetag', () => open.pop());
  try {
    parser.write(xml).close();
    return document;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    // saxes 6.0.0 makes a character of no code where half of a surrogate pair ends the document.
    if (error instanceof RangeError && !xml.isWellFormed()) return undefined;
    throw error;
  }
}

class Refused extends Error {}

function elementOf({ local, uri, attributes }: SaxesTagNS): TreeElement {
  const list = Object.values(attributes).map((each) => ({ local: each.local, uri: each.uri, value: each.value }));
  // An attribute without prefix is in no namespace; saxes gives its name as local part.
  return { local, uri, attributes: list, children: [], text: '' };
}

/** `chain` leads from the document down to the record's element. */
function recordOf(chain: readonly TreeElement[], shape: RecordShape, namespaces: Readonly<Record<string, string>>) {
  const record: Record<string, unknown> = {};
  const find = (detail: Detail) =>
    valuesOf(
      chain.at(-1)!,
      pathsOf(detail).map((path) => parsePath(path, namespaces)),
    );
  for (const [name, detail] of Object.entries(shape.fields ?? {})) {
    const found = find(detail);
    record[name] = found.find((value) => value !== '') ?? found[0];
  }
  for (const [name, detail] of Object.entries(shape.lists ?? {})) record[name] = find(detail);
  for (const [name, group] of Object.entries(shape.groups ?? {})) {
    const paths = pathsOf(group.path).map((path) => parsePath(path, namespaces));
    record[name] = descend(chain.at(-1)!)
      .filter((way) => paths.some(({ steps }) => fits(steps, way)))
      .map((way) => recordOf([...chain, ...way], group, namespaces));
  }
  return record;
}

/** Every way down from an element, in the document's order. */
function descend(from: TreeElement): TreeElement[][] {
  return from.children.flatMap((child) => [[child], ...descend(child).map((way) => [child, ...way])]);
}

/** Attributes count where their element starts, text where it ends. */
function valuesOf(element: TreeElement, paths: readonly ParsedPath[], way: readonly TreeElement[] = []): string[] {
  const here = paths.filter(({ steps }) => fits(steps, way));
  const attributes = element.attributes.flatMap((attribute) =>
    here
      .filter(({ attribute: wanted }) => wanted?.local === attribute.local && wanted.uri === attribute.uri)
      .map(() => attribute.value),
  );
  const below = element.children.flatMap((child) => valuesOf(child, paths, [...way, child]));
  const names = here.filter(({ isName }) => isName).map(() => element.local);
  const text = here.filter(({ attribute, isName }) => attribute === undefined && !isName).map(() => trim(element.text));
  return [...names, ...attributes, ...below, ...text];
}

function fits(steps: readonly Step[], way: readonly TreeElement[]): boolean {
  const [step, ...later] = steps;
  if (step === undefined) return way.length === 0;
  const [next, ...rest] = way;
  if (next === undefined) return false;
  const isHere = step.names.some(
    ({ local, uri }) => (local === undefined || local === next.local) && (uri === undefined || uri === next.uri),
  );
  return (isHere && fits(later, rest)) || (step.isDescendant && fits(steps, rest));
}

const trim = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
