import { evaluate, parseExpression, selectorsOf, tokenize } from './expression.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { invalidPattern } from './invalid-pattern.ts';

/** `{ $.errorCode = "Throttl*" && $.latency > 10 }` over messages that are JSON objects; other messages never match. */
export function jsonPattern(text: string): FilterPattern {
  if (!text.endsWith('}')) throw invalidPattern('a JSON pattern ends with }');
  const expression = parseExpression(tokenize(text.slice(1, -1)));
  const paths = new Map<string, readonly string[]>();
  const path = (selector: string): readonly string[] => {
    const known = paths.get(selector) ?? parseSelector(selector);
    paths.set(selector, known);
    return known;
  };
  for (const selector of selectorsOf(expression)) path(selector);
  return {
    matches(message) {
      const document = parseObject(message);
      return document !== undefined && evaluate(expression, (selector) => select(document, path(selector)));
    },
    extract(message, selector) {
      const document = parseObject(message);
      return document === undefined ? undefined : select(document, path(selector))[0];
    },
  };
}

function parseSelector(selector: string): readonly string[] {
  if (!selector.startsWith('$')) throw invalidPattern(`${selector} is not a selector: it starts with $`);
  return [...selector.matchAll(/\['([^']*)'\]|\[([\d*]+)\]|\.([^.[\]]+)/g)].map((match) => {
    const [, quoted, index, name] = match;
    return quoted ?? (index === undefined ? (name as string) : `[${index}]`);
  });
}

function select(document: unknown, path: readonly string[]): readonly unknown[] {
  let found: unknown[] = [document];
  for (const step of path) found = found.flatMap((value) => childrenOf(value, step));
  return found;
}

function childrenOf(value: unknown, step: string): readonly unknown[] {
  const index = /^\[(\d+|\*)\]$/.exec(step)?.[1];
  if (index !== undefined) {
    if (!Array.isArray(value)) return [];
    if (index === '*') return value;
    return Number(index) < value.length ? [value[Number(index)]] : [];
  }
  return value !== null && typeof value === 'object' && Object.hasOwn(value, step)
    ? [(value as Record<string, unknown>)[step]]
    : [];
}

function parseObject(message: string): unknown {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
