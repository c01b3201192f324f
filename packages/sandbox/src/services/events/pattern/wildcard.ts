import { invalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './match-types.ts';
import { onText } from './text-tests.ts';

/** `*` stands for any text, `\*` for itself and `\\` for a backslash; two `*` may not stand side by side. */
export function wildcard(operand: unknown): ValueTest {
  if (typeof operand !== 'string') throw invalidPattern('wildcard match pattern must be a string');
  const parts = splitAtWildcards(operand);
  return onText((value) => matchesParts(value, parts));
}

function splitAtWildcards(pattern: string): readonly string[] {
  if (/\\(?![\\*])/.test(pattern.replace(/\\[\\*]/g, '')))
    throw invalidPattern('Invalid escape character in wildcard match pattern');
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\[\\*]|[\s\S]/g)) {
    if (token !== '*') parts[parts.length - 1] += token.length === 2 ? token.slice(1) : token;
    else if (parts.length > 1 && parts.at(-1) === '')
      throw invalidPattern('Consecutive wildcard characters are not allowed');
    else parts.push('');
  }
  return parts;
}

/** Greedy from the left: the first place where a part fits leaves the most room for the rest. O(text), no backtracking. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] as string;
  const last = parts.at(-1) as string;
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}
