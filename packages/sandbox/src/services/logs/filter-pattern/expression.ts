import { type Comparison, compileComparison } from './comparison.ts';
import { invalidPattern } from './invalid-pattern.ts';

/** A condition: comparisons of selected values, joined by `&&` (binds tighter), `||` and parentheses. */
export type Expression =
  | { readonly kind: 'all'; readonly parts: readonly Expression[] }
  | { readonly kind: 'any'; readonly parts: readonly Expression[] }
  | { readonly kind: 'test'; readonly selector: string; readonly accepts: Comparison };

const TOKEN =
  /\s*(&&|\|\||[()]|!=|<=|>=|[=<>]|"(?:[^"\\]|\\.)*"|%[^%]+%|\$(?:\.?\['[^']*'\]|\.?\[[\d*]+\]|\.[^\s.=!<>()&|[\]"]+)*|[^\s()&|=!<>"%]+)/y;

export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) {
      if (text.slice(at).trim() === '') return tokens;
      throw invalidPattern(`cannot read ${JSON.stringify(text.slice(at))}`);
    }
    tokens.push(token);
  }
  return tokens;
}

/** Parses the tokens of a condition; consumes them. Throws `InvalidParameterException` on anything left over or missing. */
export function parseExpression(tokens: string[]): Expression {
  const expression = parseAny(tokens);
  if (tokens.length > 0) throw invalidPattern(`unexpected ${tokens[0]}`);
  return expression;
}

function parseAny(tokens: string[]): Expression {
  return joined(tokens, '||', 'any', parseAll);
}

function parseAll(tokens: string[]): Expression {
  return joined(tokens, '&&', 'all', parseTest);
}

function joined(
  tokens: string[],
  sign: string,
  kind: 'all' | 'any',
  next: (tokens: string[]) => Expression,
): Expression {
  const parts = [next(tokens)];
  while (tokens[0] === sign) {
    tokens.shift();
    parts.push(next(tokens));
  }
  return parts.length === 1 ? (parts[0] as Expression) : { kind, parts };
}

function parseTest(tokens: string[]): Expression {
  const selector = take(tokens);
  if (selector === '(') {
    const inner = parseAny(tokens);
    if (tokens.shift() !== ')') throw invalidPattern('a parenthesis is not closed');
    return inner;
  }
  const operator = take(tokens);
  if (operator === 'IS' || operator === 'NOT') {
    return { kind: 'test', selector, accepts: compileComparison(`${operator} ${take(tokens)}`, '') };
  }
  return { kind: 'test', selector, accepts: compileComparison(operator, take(tokens)) };
}

function take(tokens: string[]): string {
  const token = tokens.shift();
  if (token === undefined) throw invalidPattern('the condition ends too early');
  return token;
}

/** Whether the values that `select` gives for the selectors meet the condition. */
export function evaluate(expression: Expression, select: (selector: string) => readonly unknown[]): boolean {
  if (expression.kind === 'all') return expression.parts.every((part) => evaluate(part, select));
  if (expression.kind === 'any') return expression.parts.some((part) => evaluate(part, select));
  return expression.accepts(select(expression.selector));
}

export function selectorsOf(expression: Expression): readonly string[] {
  return expression.kind === 'test' ? [expression.selector] : expression.parts.flatMap(selectorsOf);
}
