import type { Limits } from '../limits.ts';
import {
  attributeHash,
  attributeLocalAt,
  attributeNameAt,
  attributeNameEnd,
  attributeValue,
} from '../scan/attributes.ts';
import { CLASS_OF, SPACE } from '../scan/character-classes.ts';
import { fail } from '../scan/cursor.ts';
import { decodeText, normaliseLineEnds } from '../scan/decode-text.ts';
import { resolvePrefix } from '../scan/namespaces.ts';
import type { Sink, StartTag, TextKind } from '../scan/scan-state.ts';
import { type Actions, DOCUMENT_STATE, type ExtractionPlan, type WantedAttribute } from './extraction-plan.ts';
import { findName } from './name-table.ts';
import type { Capture, Group } from './path-tree.ts';

type CollectedRecord = Record<string, string | string[] | CollectedRecord[] | undefined>;

/** Makes records of what a scan tells, along a plan. */
export class RecordCollector implements Sink {
  readonly #plan: ExtractionPlan;
  readonly #limits: Limits;
  readonly #document: string;
  /** The state of each open element. */
  readonly #states: Int32Array;
  /** The text so far of each open element whose text is wanted. */
  readonly #texts: string[] = [];
  /** By group: its records that are open, innermost last. */
  readonly #open: CollectedRecord[][];
  #depth = 0;
  #recordCount = 0;

  constructor(plan: ExtractionPlan, limits: Limits, document: string) {
    this.#plan = plan;
    this.#limits = limits;
    this.#document = document;
    this.#states = new Int32Array(limits.maxDepth + 1);
    this.#states[0] = DOCUMENT_STATE;
    this.#open = plan.groups.map(() => []);
    this.#open[0]!.push(newRecord(plan.groups[0]!));
  }

  /** The record of the document. */
  get record(): CollectedRecord {
    return this.#open[0]![0]!;
  }

  open(tag: StartTag): void {
    const parent = this.#states[this.#depth]!;
    this.#depth += 1;
    const state = parent === 0 ? 0 : this.#plan.transitions[parent * this.#plan.symbolCount + this.#symbolOf(tag)]!;
    this.#states[this.#depth] = state;
    const actions = state === 0 ? undefined : this.#plan.actions[state];
    if (actions !== undefined) this.#enter(actions, tag);
  }

  text(start: number, end: number, kind: TextKind): void {
    const actions = this.#plan.actions[this.#states[this.#depth]!];
    if (actions === undefined || actions.texts.length === 0) return;
    const raw = this.#document.slice(start, end);
    const text = kind === 'plain' ? raw : kind === 'cdata' ? normaliseLineEnds(raw) : decodeText(raw);
    const before = this.#texts[this.#depth]!;
    if (before.length + text.length > this.#limits.maxTextLength)
      fail('TEXT_TOO_LONG', start, `The text of an element is longer than ${this.#limits.maxTextLength} characters.`);
    this.#texts[this.#depth] = before === '' ? text : before + text;
  }

  close(): void {
    const actions = this.#plan.actions[this.#states[this.#depth]!];
    if (actions !== undefined) this.#leave(actions);
    this.#depth -= 1;
  }

  #symbolOf({ cursor, scope, nameAt, localAt, nameEnd, nameHash }: StartTag): number {
    const id = findName(this.#plan.names, this.#document, localAt, nameEnd, nameHash);
    const variants = this.#plan.variants[id];
    if (variants === undefined) return id;
    return variants.get(resolvePrefix(cursor, scope, nameAt, Math.max(nameAt, localAt - 1))) ?? id;
  }

  #enter({ opens, texts, names, attributes }: Actions, tag: StartTag): void {
    for (let index = 0; index < opens.length; index += 1) this.#openRecord(opens[index]!, tag.nameAt);
    if (texts.length > 0) this.#texts[this.#depth] = '';
    for (let index = 0; index < names.length; index += 1)
      this.#put(names[index]!, this.#document.slice(tag.localAt, tag.nameEnd));
    if (attributes.length > 0) this.#takeAttributes(attributes, tag);
  }

  #openRecord(group: number, offset: number): void {
    const { maxRecords } = this.#limits;
    this.#recordCount += 1;
    if (this.#recordCount > maxRecords)
      fail('TOO_MANY_RECORDS', offset, `The document holds more than ${maxRecords} wanted elements.`);
    const { parent, name } = this.#plan.groups[group]!;
    const record = newRecord(this.#plan.groups[group]!);
    const siblings = this.#innermost(parent)[name] as CollectedRecord[];
    siblings.push(record);
    this.#open[group]!.push(record);
  }

  #innermost(group: number): CollectedRecord {
    const open = this.#open[group]!;
    return open[open.length - 1]!;
  }

  #takeAttributes(wanted: readonly WantedAttribute[], tag: StartTag): void {
    const { attributes: list } = tag;
    for (let index = 0; index < list.count; index += 1) {
      const localAt = attributeLocalAt(list, index);
      const end = attributeNameEnd(list, index);
      const id = findName(this.#plan.names, this.#document, localAt, end, attributeHash(list, index));
      if (id === 0) continue;
      for (const each of wanted)
        if (each.nameId === id && this.#isInNamespace(each, tag, index))
          this.#put(each.capture, attributeValue(tag.cursor, list, index));
    }
  }

  #isInNamespace({ uri }: WantedAttribute, { cursor, scope, attributes: list }: StartTag, index: number): boolean {
    const nameAt = attributeNameAt(list, index);
    const localAt = attributeLocalAt(list, index);
    if (localAt === nameAt) return uri === '';
    return uri !== '' && resolvePrefix(cursor, scope, nameAt, localAt - 1) === uri;
  }

  #leave({ opens, texts }: Actions): void {
    if (texts.length > 0) {
      const text = trimSpaces(this.#texts[this.#depth]!);
      for (let index = 0; index < texts.length; index += 1) this.#put(texts[index]!, text);
    }
    for (let index = 0; index < opens.length; index += 1) this.#open[opens[index]!]!.pop();
  }

  #put({ group, name, isList, read }: Capture, found: string): void {
    const record = this.#innermost(group);
    const value = read === undefined ? found : read(found);
    if (isList) (record[name] as string[]).push(value);
    else if (record[name] === undefined || record[name] === '') record[name] = value;
  }
}

function newRecord({ template, arrays }: Group): CollectedRecord {
  const record: CollectedRecord = { ...template };
  for (let index = 0; index < arrays.length; index += 1) record[arrays[index]!] = [];
  return record;
}

/** Without XML's white space around it. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && (CLASS_OF[text.charCodeAt(start)]! & SPACE) !== 0) start += 1;
  while (end > start && (CLASS_OF[text.charCodeAt(end - 1)]! & SPACE) !== 0) end -= 1;
  return end - start === text.length ? text : text.slice(start, end);
}
