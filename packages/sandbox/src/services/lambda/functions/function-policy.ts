import type { Principal } from '../../../core/peers.ts';
import { matchesArn } from '../../../iam/evaluation/wildcard.ts';
import { listOf, type PolicyDocument, type PolicyStatement } from '../../../iam/policies/policy-document.ts';
import { accessDenied, invalidParameter, resourceConflict, resourceNotFound } from '../lambda-errors.ts';
import type { FunctionRecord, FunctionStore, FunctionTarget } from './function-store.ts';

/** What AddPermission and `AWS::Lambda::Permission` are given. */
export interface PermissionSettings {
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly EventSourceToken?: string;
  readonly PrincipalOrgID?: string;
}

/** Adds a statement to the policy of the function or of one of its qualifiers. Throws ResourceConflictException for a known id. */
export function addPermission(
  target: FunctionTarget,
  statementId: string,
  settings: PermissionSettings,
): PolicyStatement {
  const { record, qualifier = '', arn } = target;
  const statements = record.policies.get(qualifier) ?? [];
  if (statements.some(({ Sid }) => Sid === statementId)) {
    throw resourceConflict(
      `The statement id (${statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  }
  const statement = toStatement(arn, statementId, settings);
  record.policies.set(qualifier, [...statements, statement]);
  return statement;
}

/** Throws ResourceNotFoundException where the policy has no such statement. */
export function removePermission({ record, qualifier = '' }: FunctionTarget, statementId: string): void {
  const statements = record.policies.get(qualifier) ?? [];
  if (!statements.some(({ Sid }) => Sid === statementId)) {
    throw resourceNotFound(`Statement ${statementId} is not found in resource policy.`);
  }
  record.policies.set(
    qualifier,
    statements.filter(({ Sid }) => Sid !== statementId),
  );
}

/** The policy of a function or qualifier, or undefined where it has none. */
export function functionPolicy(
  functions: FunctionStore,
  name: string,
  qualifier: string | undefined,
): PolicyDocument | undefined {
  const record = functions.find(name)?.record;
  return record && policyOf(record, qualifier);
}

export function policyOf(record: FunctionRecord, qualifier: string | undefined): PolicyDocument | undefined {
  const statements = record.policies.get(qualifier ?? '') ?? [];
  return statements.length === 0 ? undefined : { Version: '2012-10-17', Id: 'default', Statement: statements };
}

/** Throws AccessDeniedException unless the function's policy lets the calling service, for this source, invoke it. */
export function assertServiceMayInvoke(
  target: FunctionTarget,
  principal: Extract<Principal, { kind: 'service' }>,
): void {
  const statements = target.record.policies.get(target.qualifier ?? '') ?? [];
  if (statements.some((statement) => allowsService(statement, principal))) return;
  throw accessDenied(
    `User: ${principal.service} is not authorized to perform: lambda:InvokeFunction on resource: ${target.arn} ` +
      `because no resource-based policy allows the lambda:InvokeFunction action for ${principal.sourceArn}`,
  );
}

function toStatement(arn: string, sid: string, settings: PermissionSettings): PolicyStatement {
  if (settings.PrincipalOrgID)
    throw invalidParameter('The sandbox does not emulate PrincipalOrgID: it has no organization.');
  const { Principal: principal, SourceArn: sourceArn, SourceAccount: sourceAccount } = settings;
  const condition = {
    ...(sourceAccount ? { StringEquals: { 'AWS:SourceAccount': sourceAccount } } : {}),
    ...(sourceArn ? { ArnLike: { 'AWS:SourceArn': sourceArn } } : {}),
  };
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principalMember(principal),
    Action: settings.Action,
    Resource: arn,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

function principalMember(principal: string): PolicyStatement['Principal'] & {} {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}

function allowsService(
  statement: PolicyStatement,
  { service, sourceArn, sourceAccount }: Extract<Principal, { kind: 'service' }>,
): boolean {
  const { Principal: principal, Action: action, Condition: condition = {} } = statement;
  const services = principal === '*' ? ['*'] : listOf((principal as Record<string, string>).Service);
  if (!services.some((name) => name === '*' || globalName(name) === globalName(service))) return false;
  if (!listOf(action).some((name) => ['lambda:InvokeFunction', 'lambda:*', '*'].includes(name))) return false;
  const account = condition.StringEquals?.['AWS:SourceAccount'];
  const arn = condition.ArnLike?.['AWS:SourceArn'];
  return (
    (account === undefined || account === sourceAccount) && (arn === undefined || matchesArn(String(arn), sourceArn))
  );
}

/** `logs.us-east-1.amazonaws.com`, `logs.amazonaws.com` and `logs` are one principal. */
const globalName = (service: string): string => `${service.split('.')[0]}.amazonaws.com`;
