import { SaxesParser } from 'saxes';
import type { Detail, DocumentShape, RecordShape } from '../../../../packages/xml-extract/src/index.ts';
import { type Contender, type ContenderRecord, plainPaths } from './contender.ts';

interface Place {
  readonly children: Map<string, Place>;
  readonly attributes: Map<string, Target[]>;
  readonly texts: Target[];
  /** The record that starts here. */
  opens:
    | { readonly name: string; readonly parent: number; readonly group: number; readonly shape: RecordShape }
    | undefined;
}

interface Target {
  readonly group: number;
  readonly name: string;
  readonly isList: boolean;
}

/** saxes with namespaces, and a tree of paths that its events walk through: what one would write by hand with it. */
export function saxesPaths(shape: DocumentShape): Contender {
  const root = newPlace();
  addRecord([root], shape, [0]);
  return (xml) => run(xml, root, shape);
}

const newPlace = (): Place => ({ children: new Map(), attributes: new Map(), texts: [], opens: undefined });

function addRecord(places: readonly Place[], shape: RecordShape, nextGroup: [number]): void {
  const group = nextGroup[0]++;
  const add = (name: string, detail: Detail, isList: boolean): void => {
    for (const { elements, attribute } of plainPaths(detail))
      for (const place of places) addTarget(walk(place, elements), attribute, { group, name, isList });
  };
  for (const [name, detail] of Object.entries(shape.fields ?? {})) add(name, detail, false);
  for (const [name, detail] of Object.entries(shape.lists ?? {})) add(name, detail, true);
  for (const [name, each] of Object.entries(shape.groups ?? {})) {
    const starts = plainPaths(each.path).flatMap(({ elements }) => places.map((place) => walk(place, elements)));
    for (const start of starts) start.opens = { name, parent: group, group: nextGroup[0], shape: each };
    addRecord(starts, each, nextGroup);
  }
}

function walk(from: Place, names: readonly string[]): Place {
  let place = from;
  for (const name of names) {
    const next = place.children.get(name) ?? newPlace();
    place.children.set(name, next);
    place = next;
  }
  return place;
}

function addTarget(place: Place, attribute: string | undefined, target: Target): void {
  if (attribute === undefined) place.texts.push(target);
  else place.attributes.set(attribute, [...(place.attributes.get(attribute) ?? []), target]);
}

function run(xml: string, root: Place, shape: RecordShape): ContenderRecord {
  const records: ContenderRecord[][] = [[emptyRecord(shape)]];
  const path: (Place | undefined)[] = [root];
  const texts: string[] = [''];
  const put = ({ group, name, isList }: Target, value: string): void => {
    const record = records[group]!.at(-1)!;
    if (isList) (record[name] as string[]).push(value);
    else record[name] ??= value;
  };
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type declaration');
  });
  parser.on('opentag', ({ local, attributes }) => {
    const place = path.at(-1)?.children.get(local);
    path.push(place);
    texts.push('');
    if (place === undefined) return;
    if (place.opens !== undefined) openRecord(records, place.opens);
    for (const [name, targets] of place.attributes) {
      const value = attributes[name]?.value;
      if (value !== undefined) for (const target of targets) put(target, value);
    }
  });
  const take = (text: string): void => {
    if ((path.at(-1)?.texts.length ?? 0) > 0) texts[texts.length - 1] += text;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => {
    const place = path.pop();
    const text = texts.pop()!.trim();
    for (const target of place?.texts ?? []) put(target, text);
    if (place?.opens !== undefined) records[place.opens.group]!.pop();
  });
  parser.write(xml).close();
  return records[0]![0]!;
}

function openRecord(records: ContenderRecord[][], { name, parent, group, shape }: NonNullable<Place['opens']>): void {
  const record = emptyRecord(shape);
  (records[parent]!.at(-1)![name] as ContenderRecord[]).push(record);
  records[group] ??= [];
  records[group].push(record);
}

function emptyRecord({ fields = {}, lists = {}, groups = {} }: RecordShape): ContenderRecord {
  const record: ContenderRecord = {};
  for (const name of Object.keys(fields)) record[name] = undefined;
  for (const name of [...Object.keys(lists), ...Object.keys(groups)]) record[name] = [];
  return record;
}
