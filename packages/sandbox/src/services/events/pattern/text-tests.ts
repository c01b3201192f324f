import { invalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './match-types.ts';

type TextTest = (text: string) => boolean;

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`. */
export function prefix(operand: unknown): ValueTest {
  const { text, ignoresCase } = textOperand('prefix', operand);
  return onText((value) => folded(value, ignoresCase).startsWith(folded(text, ignoresCase)));
}

/** `{"suffix": "a"}` or `{"suffix": {"equals-ignore-case": "a"}}`. */
export function suffix(operand: unknown): ValueTest {
  const { text, ignoresCase } = textOperand('suffix', operand);
  return onText((value) => folded(value, ignoresCase).endsWith(folded(text, ignoresCase)));
}

export function equalsIgnoreCase(operand: unknown): ValueTest {
  if (typeof operand !== 'string') throw invalidPattern('equals-ignore-case match pattern must be a string');
  return onText((value) => folded(value, true) === folded(operand, true));
}

/** Tests of text never accept another type. */
export function onText(test: TextTest): ValueTest {
  return (value) => typeof value === 'string' && test(value);
}

function textOperand(name: string, operand: unknown): { text: string; ignoresCase: boolean } {
  if (typeof operand === 'string') return { text: operand, ignoresCase: false };
  if (operand !== null && typeof operand === 'object' && Object.keys(operand).join() === 'equals-ignore-case') {
    const text: unknown = Object.values(operand)[0];
    if (typeof text === 'string') return { text, ignoresCase: true };
  }
  throw invalidPattern(`${name} match pattern must be a string`);
}

function folded(text: string, ignoresCase: boolean): string {
  return ignoresCase ? text.toLowerCase() : text;
}
