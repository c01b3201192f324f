import { coversPath, type ReadValue } from '@lamplighter/xml-extract';
import { compileDateFormat } from './date-format.ts';
import type { Expression } from './mapping-schema.ts';
import { readNumber } from './number-format.ts';

/** The texts of one record, by slot. */
export type SlotRecord = Readonly<Record<string, string | undefined>>;

/** A value of a record; adds to `doubts` where a text is not written as the mapping says. */
export type Evaluate = (record: SlotRecord, doubts: string[]) => string | undefined;

/** The slots of one kind of record: a field of the extractor for each path that an expression uses. */
export interface Slots {
  readonly fields: Record<string, { readonly path: readonly string[]; readonly read?: ReadValue }>;
}

type PathExpression = Exclude<
  Expression,
  string | { readonly constant: string } | { readonly concat: unknown } | { readonly when: unknown }
>;
type Step = (text: string) => string | undefined;

/**
 * Compiles an expression of the field `name`, taking slots for its paths. `read` is applied inside the extractor.
 *
 * @throws RangeError for a path or format that cannot be used
 */
export function compileExpression(expression: Expression, name: string, slots: Slots, read?: ReadValue): Evaluate {
  if (typeof expression === 'string') return compilePath({ path: expression }, name, slots, read);
  if ('constant' in expression) return () => expression.constant;
  if ('concat' in expression) {
    const parts = expression.concat.map((part) => compileExpression(part, name, slots, read));
    const separator = expression.separator ?? ' ';
    return (record, doubts) =>
      joined(
        parts.map((part) => part(record, doubts)),
        separator,
      );
  }
  if ('when' in expression) return compileWhen(expression, name, slots, read);
  return compilePath(expression, name, slots, read);
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join(separator);
}

function compileWhen(
  { when, use, otherwise }: Extract<Expression, { readonly when: unknown }>,
  name: string,
  slots: Slots,
  read: ReadValue | undefined,
): Evaluate {
  const subject = compilePath({ path: when.path }, name, slots);
  const yes = compileExpression(use, name, slots, read);
  const no = otherwise === undefined ? () => undefined : compileExpression(otherwise, name, slots, read);
  return (record, doubts) => (when.in.includes(subject(record, doubts) ?? '') ? yes : no)(record, doubts);
}

function compilePath(expression: PathExpression, name: string, slots: Slots, read?: ReadValue): Evaluate {
  const slot = takeSlot(slots, expression.path, read);
  const steps = compileSteps(expression);
  return (record, doubts) => {
    const text = record[slot]?.trim();
    if (text === undefined || text === '') return expression.default;
    let value: string | undefined = text;
    for (const step of steps) value = value === undefined ? undefined : step(value);
    if (value === undefined && expression.otherwise !== 'drop') doubts.push(name);
    return value ?? expression.default;
  };
}

function takeSlot({ fields }: Slots, path: string | readonly string[], read: ReadValue | undefined): string {
  const paths = typeof path === 'string' ? [path] : path;
  // Every path is tried, so that an error names the mapping's own path.
  for (const each of paths) coversPath(stripNamespaces(each), '/');
  const slot = `slot${Object.keys(fields).length}`;
  fields[slot] = read === undefined ? { path: paths } : { path: paths, read };
  return slot;
}

export const stripNamespaces = (path: string): string => path.replace(/[\p{L}_][\p{L}\p{N}_.-]*:(?!\/)/gu, '');

function compileSteps({ part, codes, otherwise, date, number, case: letterCase }: PathExpression): Step[] {
  const steps: (Step | undefined)[] = [
    part === undefined
      ? undefined
      : (text) =>
          text.slice(part.from, part.length === undefined ? undefined : part.from + part.length).trim() || undefined,
    codes === undefined ? undefined : (text) => readCode(text, codes, otherwise),
    date === undefined ? undefined : compileDateFormat(date),
    number === undefined ? undefined : (text) => readNumber(text, number),
    letterCase === undefined ? undefined : (text) => (letterCase === 'upper' ? text.toUpperCase() : text.toLowerCase()),
  ];
  return steps.filter((step) => step !== undefined);
}

function readCode(
  text: string,
  codes: Readonly<Record<string, string>>,
  otherwise: PathExpression['otherwise'] = 'drop',
): string | undefined {
  if (Object.hasOwn(codes, text)) return codes[text];
  if (otherwise === 'keep') return text;
  return otherwise === 'drop' ? undefined : otherwise.value;
}
