import { invalidPattern } from './invalid-pattern.ts';
import { jsonPattern } from './json-pattern.ts';
import { spacePattern } from './space-pattern.ts';
import { termPattern } from './term-pattern.ts';

/** A compiled filter pattern of CloudWatch Logs. */
export interface FilterPattern {
  matches(message: string): boolean;
  /** The value of a JSON field (`$.latency`) or of a named field (`$bytes`) of a message, as metric filters read it. */
  extract(message: string, selector: string): unknown;
}

/** Longest pattern that AWS takes, in characters. */
const MAX_LENGTH = 1024;

/**
 * Compiles a filter pattern: terms, JSON, or space-delimited.
 * Throws `InvalidParameterException` where the pattern is not of the language of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  if (pattern.length > MAX_LENGTH) {
    throw invalidPattern(`a filter pattern has at most ${MAX_LENGTH} characters`);
  }
  if (text.startsWith('{')) return jsonPattern(text);
  if (text.startsWith('[')) return spacePattern(text);
  return termPattern(text);
}
