import { readOperator } from '../evaluation/condition-operators.ts';

/** A policy as written in a template or an API call: AWS lets single values stand for lists of one. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>>>;
}

export type PolicyPrincipal = '*' | Readonly<Record<string, OneOrMany>>;
export type OneOrMany = string | readonly string[];
export type ConditionValue = string | number | boolean;

const STATEMENT_MEMBERS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

export function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return listOf<PolicyStatement>(document.Statement);
}

/** Throws with the reason where a value is not a policy that IAM would store (`MalformedPolicyDocument`). */
export function parsePolicyDocument(value: unknown): PolicyDocument {
  const document = typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
  if (typeof document !== 'object' || document === null) throw new Error('A policy document must be an object.');
  if (!('Statement' in document)) throw new Error('A policy document must have a Statement.');
  for (const statement of statementsOf(document as PolicyDocument)) checkStatement(statement);
  return document as PolicyDocument;
}

function checkStatement(statement: PolicyStatement): void {
  const unknown = Object.keys(statement).filter((member) => !STATEMENT_MEMBERS.includes(member));
  if (unknown.length > 0) throw new Error(`A policy statement has no member ${unknown.join(', ')}.`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw new Error(`The Effect of a policy statement is Allow or Deny, not ${String(statement.Effect)}.`);
  }
  if ((statement.Action === undefined) === (statement.NotAction === undefined)) {
    throw new Error('A policy statement must have either Action or NotAction.');
  }
  for (const action of [...listOf(statement.Action), ...listOf(statement.NotAction)]) {
    if (action !== '*' && !action.includes(':'))
      throw new Error(`Action ${action} must name its service: service:Action.`);
  }
  for (const operator of Object.keys(statement.Condition ?? {})) {
    if (!readOperator(operator)) throw new Error(`The sandbox does not judge the IAM condition operator ${operator}.`);
  }
}
