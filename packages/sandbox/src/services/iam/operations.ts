import { type QueryInput, type QueryOperation, requiredText } from '../../core/protocols/query-protocol.ts';
import { ApiError } from '../../core/service.ts';
import type { Role, RoleStore } from '../../iam/role-store.ts';

/** Reads of IAM: what the console and the AWS CLI show of a role. Roles are made by stacks alone. */
export function iamOperations(roles: RoleStore): Readonly<Record<string, QueryOperation>> {
  const roleOf = (input: QueryInput): Role => roles.byName(requiredText(input, 'RoleName'));
  const onRole = (action: string) => (input: QueryInput) => [{ action: `iam:${action}`, resource: roleOf(input).arn }];
  return {
    GetRole: { permissions: onRole('GetRole'), handle: (input) => ({ Role: roleMembers(roleOf(input)) }) },
    ListRoles: {
      permissions: () => [{ action: 'iam:ListRoles', resource: '*' }],
      handle: () => ({ Roles: { member: roles.list().map(roleMembers) }, IsTruncated: false }),
    },
    ListRolePolicies: {
      permissions: onRole('ListRolePolicies'),
      handle: (input) => ({ PolicyNames: { member: [...roleOf(input).inline.keys()] }, IsTruncated: false }),
    },
    GetRolePolicy: {
      permissions: onRole('GetRolePolicy'),
      handle: (input) => {
        const role = roleOf(input);
        const name = requiredText(input, 'PolicyName');
        const document = role.inline.get(name);
        if (!document) throw new ApiError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
        return { RoleName: role.name, PolicyName: name, PolicyDocument: encodeURIComponent(JSON.stringify(document)) };
      },
    },
    ListAttachedRolePolicies: {
      permissions: onRole('ListAttachedRolePolicies'),
      handle: (input) => ({
        AttachedPolicies: {
          member: [...roleOf(input).attached].map((PolicyArn) => ({
            PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
            PolicyArn,
          })),
        },
        IsTruncated: false,
      }),
    },
  };
}

const roleMembers = (role: Role) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
  MaxSessionDuration: role.maxSessionSeconds,
});
