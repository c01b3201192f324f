import { createHash } from 'node:crypto';
import { physicalName } from '../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider, ResourceRequest, ServiceContext } from '../../core/service.ts';
import { AWS_MANAGED_POLICIES } from '../../iam/policies/managed-policies.ts';
import { type PolicyDocument, parsePolicyDocument } from '../../iam/policies/policy-document.ts';
import type { RoleStore } from '../../iam/role-store.ts';

/** AWS::IAM::Role, AWS::IAM::Policy and AWS::IAM::ManagedPolicy. */
export function iamResources(roles: RoleStore, context: ServiceContext): Readonly<Record<string, ResourceProvider>> {
  for (const [arn, document] of Object.entries(AWS_MANAGED_POLICIES)) roles.addManagedPolicy(arn, document);
  return {
    'AWS::IAM::Role': roleProvider(roles, context),
    'AWS::IAM::Policy': inlinePolicyProvider(roles),
    'AWS::IAM::ManagedPolicy': managedPolicyProvider(roles, context),
  };
}

const ROLE_PROPERTIES = [
  'RoleName',
  'Path',
  'AssumeRolePolicyDocument',
  'Policies',
  'ManagedPolicyArns',
  'Description',
  'MaxSessionDuration',
  'Tags',
];

interface RoleProperties {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly AssumeRolePolicyDocument?: unknown;
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly MaxSessionDuration?: number | string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** An IAM role name has at most 64 characters. */
const LONGEST_ROLE_NAME = 64;

function roleProvider(roles: RoleStore, context: ServiceContext): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::IAM::Role', request.properties, ROLE_PROPERTIES);
      const properties = request.properties as RoleProperties;
      const name = properties.RoleName ?? physicalName(request, LONGEST_ROLE_NAME);
      if (name.length > LONGEST_ROLE_NAME)
        throw new Error(`RoleName ${name} is longer than ${LONGEST_ROLE_NAME} characters.`);
      const path = properties.Path ?? '/';
      const arn = `arn:aws:iam::${context.accountId}:role${path}${name}`;
      const attached = properties.ManagedPolicyArns ?? [];
      for (const managed of attached) roles.managedPolicy(managed);
      roles.add({
        name,
        arn,
        path,
        id: entityId('AROA', arn),
        trust: document(properties.AssumeRolePolicyDocument),
        maxSessionSeconds: Number(properties.MaxSessionDuration ?? 3600),
        tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        createdAt: context.clock.now(),
        inline: new Map((properties.Policies ?? []).map((one) => [one.PolicyName, document(one.PolicyDocument)])),
        attached: new Set(attached),
      });
      return { ref: name, attributes: { Arn: arn, RoleId: entityId('AROA', arn) } };
    },
    async delete(created) {
      roles.remove(created.ref);
    },
  };
}

interface PolicyProperties {
  readonly PolicyName?: string;
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly PolicyDocument?: unknown;
  readonly Roles?: readonly string[];
}

function inlinePolicyProvider(roles: RoleStore): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::IAM::Policy', request.properties, ['PolicyName', 'PolicyDocument', 'Roles']);
      const { PolicyName: name, PolicyDocument, Roles = [] } = request.properties as PolicyProperties;
      if (!name) throw new Error('AWS::IAM::Policy needs a PolicyName.');
      const policy = document(PolicyDocument);
      for (const roleName of Roles) roles.byName(roleName).inline.set(name, policy);
      return { ref: name };
    },
    async delete(created, request) {
      for (const roleName of attachedRoles(roles, request)) roles.byName(roleName).inline.delete(created.ref);
    },
  };
}

function managedPolicyProvider(roles: RoleStore, context: ServiceContext): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::IAM::ManagedPolicy', request.properties, [
        'ManagedPolicyName',
        'PolicyDocument',
        'Roles',
        'Description',
        'Path',
      ]);
      const properties = request.properties as PolicyProperties;
      const name = properties.ManagedPolicyName ?? physicalName(request, 128);
      const arn = `arn:aws:iam::${context.accountId}:policy${properties.Path ?? '/'}${name}`;
      roles.addManagedPolicy(arn, document(properties.PolicyDocument));
      for (const roleName of properties.Roles ?? []) roles.byName(roleName).attached.add(arn);
      return { ref: arn, attributes: { PolicyArn: arn } };
    },
    async delete(created) {
      roles.removeManagedPolicy(created.ref);
    },
  };
}

/** Roles of the policy that still are: a stack deletes them in any order. */
function attachedRoles(roles: RoleStore, request: ResourceRequest): readonly string[] {
  const existing = new Set(roles.list().map(({ name }) => name));
  return ((request.properties as PolicyProperties).Roles ?? []).filter((name) => existing.has(name));
}

const document = (value: unknown): PolicyDocument => parsePolicyDocument(value);

/** `AROA…`: stable for an ARN, so that a run can be repeated. */
const entityId = (prefix: string, arn: string): string =>
  prefix + createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase();
