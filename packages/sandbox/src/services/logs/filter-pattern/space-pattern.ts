import { type Expression, evaluate, parseExpression, tokenize } from './expression.ts';
import type { FilterPattern } from './filter-pattern.ts';
import { invalidPattern } from './invalid-pattern.ts';

interface Field {
  readonly name: string;
  readonly condition?: Expression;
}

/** `[ip, user, ..., status = 4*, bytes > 1000]`: one entry per word of the message; `...` stands for any number of words. */
export function spacePattern(text: string): FilterPattern {
  if (!text.endsWith(']')) throw invalidPattern('a space-delimited pattern ends with ]');
  const entries = splitFields(text.slice(1, -1));
  const gap = entries.indexOf('...');
  if (entries.lastIndexOf('...') !== gap) throw invalidPattern('... may stand once');
  const before = (gap < 0 ? entries : entries.slice(0, gap)).map(parseField);
  const after = (gap < 0 ? [] : entries.slice(gap + 1)).map(parseField);
  const bind = (message: string): ReadonlyMap<string, string> | undefined => {
    const words = splitWords(message);
    const known = before.length + after.length;
    if (gap < 0 ? words.length !== known : words.length < known) return undefined;
    const pairs = [...pair(before, words), ...pair(after, after.length > 0 ? words.slice(-after.length) : [])];
    const isMatch = pairs.every(([field, word]) => !field.condition || evaluate(field.condition, () => [word]));
    return isMatch ? new Map(pairs.map(([field, word]) => [field.name, word])) : undefined;
  };
  return {
    matches: (message) => bind(message) !== undefined,
    extract: (message, selector) => bind(message)?.get(selector.replace(/^\$\.?/, '')),
  };
}

function pair(fields: readonly Field[], words: readonly string[]): (readonly [Field, string])[] {
  return fields.map((field, index) => [field, words[index] as string] as const);
}

function parseField(entry: string): Field {
  const tokens = tokenize(entry);
  const name = tokens.find((token) => token !== '(') ?? '';
  if (name === '' && entry !== '') throw invalidPattern(`cannot read ${entry}`);
  return tokens.length <= 1 ? { name } : { name, condition: parseExpression(tokens) };
}

function splitFields(text: string): readonly string[] {
  return [...text.matchAll(/((?:"(?:[^"\\]|\\.)*"|%[^%]+%|[^,"%])*)(?:,|$)/g)]
    .slice(0, -1)
    .map((match) => (match[1] as string).trim());
}

/** Words are parted by spaces; what stands in quotes or square brackets is one word, without them. */
function splitWords(message: string): readonly string[] {
  return [...message.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(([, quoted, inBrackets, plain]) => {
    return quoted ?? inBrackets ?? (plain as string);
  });
}
