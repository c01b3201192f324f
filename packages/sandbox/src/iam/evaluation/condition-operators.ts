import { BlockList, isIP } from 'node:net';
import { matchesArn, matchesWildcard, plainText } from './wildcard.ts';

/** Compares one value of the request with one value of the policy. */
type Comparison = (actual: string, expected: string) => boolean;

export interface ConditionOperator {
  readonly compare: Comparison;
  /** `…Not…`: true where no policy value matches, and where the key is absent. */
  readonly negated: boolean;
}

const numeric =
  (compare: (a: number, b: number) => boolean): Comparison =>
  (a, b) =>
    a.trim() !== '' && b.trim() !== '' && compare(Number(a), Number(b));

/** Dates are ISO 8601 or epoch seconds. */
const instant = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const date =
  (compare: (a: number, b: number) => boolean): Comparison =>
  (a, b) =>
    compare(instant(a), instant(b));

const equal: Comparison = (a, b) => a === plainText(b);
const equalIgnoreCase: Comparison = (a, b) => a.toLowerCase() === plainText(b).toLowerCase();
const like: Comparison = (a, b) => matchesWildcard(b, a);
const arnLike: Comparison = (a, b) => matchesArn(b, a);

const inRange: Comparison = (address, range) => {
  const [network = '', bits] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0 || isIP(network) === 0) return false;
  const list = new BlockList();
  list.addSubnet(network, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};

const is = (compare: Comparison): ConditionOperator => ({ compare, negated: false });
const isNot = (compare: Comparison): ConditionOperator => ({ compare, negated: true });

/** Source: IAM User Guide, "IAM JSON policy elements: Condition operators". `Null` is judged apart; BinaryEquals is not there. */
const CONDITION_OPERATORS: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: is(equal),
  StringNotEquals: isNot(equal),
  StringEqualsIgnoreCase: is(equalIgnoreCase),
  StringNotEqualsIgnoreCase: isNot(equalIgnoreCase),
  StringLike: is(like),
  StringNotLike: isNot(like),
  NumericEquals: is(numeric((a, b) => a === b)),
  NumericNotEquals: isNot(numeric((a, b) => a === b)),
  NumericLessThan: is(numeric((a, b) => a < b)),
  NumericLessThanEquals: is(numeric((a, b) => a <= b)),
  NumericGreaterThan: is(numeric((a, b) => a > b)),
  NumericGreaterThanEquals: is(numeric((a, b) => a >= b)),
  DateEquals: is(date((a, b) => a === b)),
  DateNotEquals: isNot(date((a, b) => a === b)),
  DateLessThan: is(date((a, b) => a < b)),
  DateLessThanEquals: is(date((a, b) => a <= b)),
  DateGreaterThan: is(date((a, b) => a > b)),
  DateGreaterThanEquals: is(date((a, b) => a >= b)),
  Bool: is(equalIgnoreCase),
  IpAddress: is(inRange),
  NotIpAddress: isNot(inRange),
  ArnEquals: is(arnLike),
  ArnLike: is(arnLike),
  ArnNotEquals: isNot(arnLike),
  ArnNotLike: isNot(arnLike),
};

const OPERATOR_NAME = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/** An operator as written in a policy, taken apart; nothing where IAM has no such operator, or the sandbox does not judge it. */
export function readOperator(written: string): WrittenOperator | undefined {
  const [, quantifier, name = '', ifExists] = OPERATOR_NAME.exec(written) ?? [];
  if (name === 'Null') return quantifier || ifExists ? undefined : { kind: 'null' };
  const operator = Object.hasOwn(CONDITION_OPERATORS, name) ? CONDITION_OPERATORS[name] : undefined;
  return operator && { kind: 'comparison', operator, quantifier, ifExists: ifExists !== undefined };
}

export type WrittenOperator =
  | { readonly kind: 'null' }
  | {
      readonly kind: 'comparison';
      readonly operator: ConditionOperator;
      readonly quantifier: string | undefined;
      readonly ifExists: boolean;
    };
