import { invalidPattern } from './invalid-pattern.ts';

/** Characters that AWS allows between the percent signs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html */
const ALLOWED = /^[A-Za-z0-9_#=@/;,:\-^$?[\]{}|\\*+.\s]+$/;

/** Compiles the inside of `%…%`. Throws where it uses parentheses or other characters that CloudWatch Logs refuses. */
export function patternRegex(source: string): RegExp {
  if (!ALLOWED.test(source)) throw invalidPattern(`the regular expression %${source}% uses an unsupported character`);
  try {
    return new RegExp(source);
  } catch (cause) {
    throw Object.assign(invalidPattern(`%${source}% is not a regular expression`), { cause });
  }
}
