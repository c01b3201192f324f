/** Whether a text matches a pattern in which `*` stands for any characters; `\*` is an asterisk, `\\` a backslash. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [first = '', ...rest] = literalParts(pattern);
  const last = rest.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || end < first.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.slice(0, end).indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

/** What stands between the asterisks, without its escapes. */
function literalParts(pattern: string): readonly string[] {
  const parts = [''];
  for (const token of pattern.match(/\\[\s\S]|[\s\S]/g) ?? []) {
    if (token === '*') parts.push('');
    else parts[parts.length - 1] += token.length === 2 && token.startsWith('\\') ? token.slice(1) : token;
  }
  return parts;
}
