import { ApiError } from '../../../core/service.ts';
import type { AlarmState } from './alarm.ts';

/** Whether the rule of a composite alarm holds, by the states of the alarms that it names. */
export interface AlarmRule {
  readonly alarmNames: readonly string[];
  holds(stateOf: (alarmName: string) => AlarmState): boolean;
}

type Term = (stateOf: (alarmName: string) => AlarmState) => boolean;

const TOKEN = /\s*([()]|(?:AND|OR|NOT|TRUE|FALSE)\b|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]+"|[^()\s"]+)\s*\))/y;

/**
 * Reads `ALARM(a) AND (OK("b") OR NOT INSUFFICIENT_DATA(c))`; NOT binds tighter than AND, AND tighter than OR. Throws `ValidationError`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = tokenize(text);
  const alarmNames = tokens.flatMap(({ alarmName }) => (alarmName === undefined ? [] : [alarmName]));
  const holds = parseAny(tokens);
  if (tokens.length > 0) throw invalid(text);
  return { alarmNames, holds };

  function parseAny(rest: RuleToken[]): Term {
    const terms = [parseAll(rest)];
    while (rest[0]?.word === 'OR') terms.push(parseAll(afterFirst(rest)));
    return (stateOf) => terms.some((term) => term(stateOf));
  }

  function parseAll(rest: RuleToken[]): Term {
    const terms = [parseTerm(rest)];
    while (rest[0]?.word === 'AND') terms.push(parseTerm(afterFirst(rest)));
    return (stateOf) => terms.every((term) => term(stateOf));
  }

  function parseTerm(rest: RuleToken[]): Term {
    const token = rest.shift();
    if (token?.alarmName !== undefined) {
      const { word, alarmName } = token;
      return (stateOf) => stateOf(alarmName) === word;
    }
    if (token?.word === 'NOT') {
      const term = parseTerm(rest);
      return (stateOf) => !term(stateOf);
    }
    if (token?.word === 'TRUE' || token?.word === 'FALSE') return () => token.word === 'TRUE';
    if (token?.word !== '(') throw invalid(text);
    const inner = parseAny(rest);
    if (rest.shift()?.word !== ')') throw invalid(text);
    return inner;
  }
}

interface RuleToken {
  readonly word: string;
  readonly alarmName?: string;
}

function tokenize(text: string): RuleToken[] {
  const tokens: RuleToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const [, word, state, name] = TOKEN.exec(text) ?? [];
    if (word === undefined) throw invalid(text);
    if (state === undefined || name === undefined) tokens.push({ word });
    else
      tokens.push({
        word: state,
        alarmName: name.replaceAll('"', '').replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, ''),
      });
  }
  return tokens;
}

function invalid(text: string): ApiError {
  return new ApiError('ValidationError', `AlarmRule is not valid: ${text}`);
}

function afterFirst(tokens: RuleToken[]): RuleToken[] {
  tokens.shift();
  return tokens;
}
