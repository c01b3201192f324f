import type { FilterPattern } from './filter-pattern.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { patternRegex } from './pattern-regex.ts';

type Test = (message: string) => boolean;

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|(\S+))/y;

/**
 * Terms of unstructured text: all of the plain ones, none of the `-excluded`; `?optional` ones count only where nothing else stands
 * beside them (AWS: "if you combine ? with other filter patterns, it is ignored"). An empty pattern matches everything.
 */
export function termPattern(text: string): FilterPattern {
  const terms = parseTerms(text);
  const required = terms.filter(({ sign }) => sign === '');
  const excluded = terms.filter(({ sign }) => sign === '-');
  const optional = required.length + excluded.length > 0 ? [] : terms;
  return {
    matches: (message) =>
      required.every(({ test }) => test(message)) &&
      !excluded.some(({ test }) => test(message)) &&
      (optional.length === 0 || optional.some(({ test }) => test(message))),
    extract: () => undefined,
  };
}

function parseTerms(text: string): readonly { sign: string; test: Test }[] {
  const terms: { sign: string; test: Test }[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const match = TERM.exec(text);
    if (!match) break;
    terms.push({ sign: match[1] ?? '', test: termTest(match[2], match[3], match[4]) });
  }
  return terms;
}

function termTest(quoted: string | undefined, regex: string | undefined, bare = ''): Test {
  if (quoted !== undefined) {
    const phrase = quoted.replace(/\\(.)/g, '$1');
    return (message) => message.includes(phrase);
  }
  if (regex !== undefined) {
    const expression = patternRegex(regex);
    return (message) => expression.test(message);
  }
  if (!/^[\p{L}\p{N}_]+$/u.test(bare)) throw invalidPattern(`Invalid character(s) in term '${bare}'`);
  return (message) => message.includes(bare);
}
