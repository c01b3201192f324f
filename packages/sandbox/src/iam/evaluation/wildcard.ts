/** In a pattern: the characters `*` and `?` themselves. No ARN or name holds these two. */
export const LITERAL_STAR = '\u0001';
export const LITERAL_QUESTION_MARK = '\u0002';

/** A pattern as plain text, for comparisons that know no wildcards. */
export const plainText = (pattern: string): string =>
  pattern.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_QUESTION_MARK, '?');

const isSame = (sign: string, character: string): boolean =>
  sign === character ||
  (sign === LITERAL_STAR && character === '*') ||
  (sign === LITERAL_QUESTION_MARK && character === '?');

/** Whether text matches a pattern in which `*` stands for any run of characters and `?` for one. Linear in practice: no backtracking regex. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === '?' || isSame(pattern[p]!, text[t]!))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/**
 * Whether an ARN matches a pattern, each of its six colon-separated components by itself (the last one may hold further colons), so that
 * a `*` does not reach across them. A pattern of fewer components matches only by a `*` at its end, which then stands for all the rest.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators", ARN condition operators.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  const patternParts = arnComponents(pattern);
  const arnParts = arnComponents(arn);
  if (patternParts.length < 6) return pattern.endsWith('*') && matchesWildcard(pattern, arn);
  if (arnParts.length < 6) return false;
  return patternParts.every((part, i) => matchesWildcard(part, arnParts[i]!));
}

function arnComponents(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
