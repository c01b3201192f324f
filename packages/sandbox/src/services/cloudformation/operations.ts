import type { DeployedResource, StackRecord } from '../../cloudformation/stack.ts';
import type { Stacks } from '../../cloudformation/stacks.ts';
import { type QueryInput, type QueryOperation, requiredText, textMember } from '../../core/protocols/query-protocol.ts';
import { ApiError, type ServiceContext } from '../../core/service.ts';

/** Reads of CloudFormation. Stacks are deployed through `Sandbox.deploy`, not over the wire. */
export function cloudFormationOperations(
  stacks: Stacks,
  context: ServiceContext,
): Readonly<Record<string, QueryOperation>> {
  const anyStack = `arn:aws:cloudformation:${context.region}:${context.accountId}:stack/*`;
  const named = (input: QueryInput): readonly StackRecord[] => {
    const name = textMember(input, 'StackName');
    return name === undefined ? stacks.list() : [stacks.get(name)];
  };
  const on = (action: string) => (input: QueryInput) => {
    const name = textMember(input, 'StackName');
    const known = stacks.list().find((stack) => stack.name === name || stack.id === name);
    return [{ action: `cloudformation:${action}`, resource: known?.id ?? anyStack }];
  };
  const everywhere = (action: string) => () => [{ action: `cloudformation:${action}`, resource: '*' }];
  return {
    DescribeStacks: {
      permissions: on('DescribeStacks'),
      handle: (input) => ({ Stacks: { member: named(input).map(describeStack) } }),
    },
    ListStacks: {
      permissions: everywhere('ListStacks'),
      handle: () => ({
        StackSummaries: {
          member: stacks.list().map(({ id, name, createdAt, status }) => ({
            StackId: id,
            StackName: name,
            CreationTime: new Date(createdAt),
            StackStatus: status,
          })),
        },
      }),
    },
    DescribeStackResources: {
      permissions: on('DescribeStackResources'),
      handle: (input) => ({
        StackResources: {
          member: resourcesOf(stacks.get(requiredText(input, 'StackName'))).map(({ stack, ...resource }) => ({
            StackName: stack.name,
            StackId: stack.id,
            ...resource,
            Timestamp: new Date(stack.updatedAt ?? stack.createdAt),
          })),
        },
      }),
    },
    DescribeStackResource: {
      permissions: on('DescribeStackResource'),
      handle: (input) => {
        const record = stacks.get(requiredText(input, 'StackName'));
        const logicalId = requiredText(input, 'LogicalResourceId');
        const found = resourcesOf(record).find((resource) => resource.LogicalResourceId === logicalId);
        if (!found) {
          throw new ApiError('ValidationError', `Resource ${logicalId} does not exist for stack ${record.name}`);
        }
        const { stack, ...resource } = found;
        return {
          StackResourceDetail: {
            StackName: stack.name,
            StackId: stack.id,
            ...resource,
            LastUpdatedTimestamp: new Date(stack.updatedAt ?? stack.createdAt),
          },
        };
      },
    },
    ListStackResources: {
      permissions: on('ListStackResources'),
      handle: (input) => ({
        StackResourceSummaries: {
          member: resourcesOf(stacks.get(requiredText(input, 'StackName'))).map(({ stack, ...resource }) => ({
            ...resource,
            LastUpdatedTimestamp: new Date(stack.updatedAt ?? stack.createdAt),
          })),
        },
      }),
    },
    GetTemplate: {
      permissions: on('GetTemplate'),
      handle: (input) => ({ TemplateBody: JSON.stringify(stacks.get(requiredText(input, 'StackName')).template) }),
    },
    ListExports: {
      permissions: everywhere('ListExports'),
      handle: () => ({
        Exports: {
          member: [...stacks.exports()].map(([Name, { value, stackId }]) => ({
            ExportingStackId: stackId,
            Name,
            Value: value,
          })),
        },
      }),
    },
  };
}

const describeStack = (stack: StackRecord) => ({
  StackId: stack.id,
  StackName: stack.name,
  Description: stack.template.Description,
  Parameters: {
    member: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  },
  CreationTime: new Date(stack.createdAt),
  LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
  StackStatus: stack.status,
  Outputs: {
    member: [...stack.outputs].map(([OutputKey, { value, description, exportName }]) => ({
      OutputKey,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
  },
});

const resourcesOf = (stack: StackRecord) =>
  [...stack.resources].map(([logicalId, one]) => resourceOf(stack, logicalId, one));

const resourceOf = (stack: StackRecord, logicalId: string, { definition, created }: DeployedResource) => ({
  stack,
  LogicalResourceId: logicalId,
  PhysicalResourceId: created.ref,
  ResourceType: definition.Type,
  ResourceStatus: stack.status.startsWith('UPDATE') ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE',
});
