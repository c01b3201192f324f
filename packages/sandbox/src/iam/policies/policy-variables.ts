import type { ConditionContext } from '../../core/service.ts';
import { LITERAL_QUESTION_MARK, LITERAL_STAR } from '../evaluation/wildcard.ts';

const VARIABLE = /\$\{([^{}]*)\}/g;
/** `${*}`, `${?}` and `${$}` mean the characters themselves. */
const LITERALS: Readonly<Record<string, string>> = { '*': LITERAL_STAR, '?': LITERAL_QUESTION_MARK, $: '$' };

/**
 * Replaces `${aws:PrincipalTag/team}` by the request's value, or by the default in `${key, 'default'}`; `undefined` where neither is
 * there: such an element matches nothing. Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function substituteVariables(text: string, context: ConditionContext): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  const replaced = text.replace(VARIABLE, (_, inner: string) => {
    const literal = LITERALS[inner];
    if (literal !== undefined) return literal;
    const [key = '', fallback] = inner.split(/,\s*'/);
    const value = contextValues(context, key.trim());
    if (value.length === 1) return value[0]!;
    missing ||= fallback === undefined;
    return fallback?.replace(/'\s*$/, '') ?? '';
  });
  return missing ? undefined : replaced;
}

/** Values of a condition key, whose name is not case-sensitive; none where the request does not carry it. */
export function contextValues(context: ConditionContext, key: string): readonly string[] {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() === wanted) return typeof value === 'string' ? [value] : value;
  }
  return [];
}

/** Whether the request carries the key at all: an empty multivalued key is carried. */
export function hasContextKey(context: ConditionContext, key: string): boolean {
  const wanted = key.toLowerCase();
  return Object.keys(context).some((name) => name.toLowerCase() === wanted);
}
