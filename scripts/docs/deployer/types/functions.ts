import { lifeOf, of, type TypeActions, within } from './type-actions.ts';

/** Functions, who may call them, and the roles that they run with. */
export const FUNCTIONS: Readonly<Record<string, TypeActions>> = {
  'AWS::IAM::Policy': {
    actions: of('iam', 'DeleteRolePolicy', 'GetRolePolicy', 'PutRolePolicy'),
    properties: within('PolicyDocument', 'PolicyName', 'Roles'),
  },
  'AWS::IAM::Role': {
    actions: [
      ...of('iam', 'CreateRole', 'DeleteRole', 'GetRole', 'UpdateRole', 'UpdateRoleDescription'),
      ...of('iam', 'UpdateAssumeRolePolicy', 'ListAttachedRolePolicies', 'ListRolePolicies', 'TagRole', 'UntagRole'),
    ],
    properties: {
      ...within('AssumeRolePolicyDocument', 'RoleName'),
      Policies: of('iam', 'DeleteRolePolicy', 'GetRolePolicy', 'PutRolePolicy'),
    },
  },
  'AWS::Lambda::EventInvokeConfig': {
    actions: [
      ...of('lambda', 'DeleteFunctionEventInvokeConfig', 'GetFunctionEventInvokeConfig'),
      ...of('lambda', 'PutFunctionEventInvokeConfig', 'UpdateFunctionEventInvokeConfig'),
    ],
    properties: within(
      'DestinationConfig',
      'FunctionName',
      'MaximumEventAgeInSeconds',
      'MaximumRetryAttempts',
      'Qualifier',
    ),
  },
  'AWS::Lambda::EventSourceMapping': {
    actions: lifeOf('lambda', 'EventSourceMapping'),
    properties: {
      ...within('BatchSize', 'BisectBatchOnFunctionError', 'DestinationConfig', 'Enabled', 'EventSourceArn'),
      ...within('FilterCriteria', 'FunctionName', 'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds'),
      ...within('MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'ParallelizationFactor', 'ScalingConfig'),
      ...within('StartingPosition'),
    },
  },
  'AWS::Lambda::Function': {
    actions: [
      ...of('lambda', 'CreateFunction', 'DeleteFunction', 'GetFunction', 'GetFunctionConfiguration'),
      ...of('lambda', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'GetRuntimeManagementConfig'),
      ...of('lambda', 'DeleteFunctionConcurrency', 'PutFunctionConcurrency'),
      ...of('lambda', 'GetFunctionCodeSigningConfig', 'GetFunctionRecursionConfig'),
      ...of('lambda', 'ListTags', 'TagResource', 'UntagResource'),
    ],
    properties: {
      ...within('Architectures', 'Code', 'Description', 'Environment', 'FunctionName', 'Handler', 'MemorySize'),
      ...within('Role', 'Runtime', 'Tags', 'Timeout'),
      RecursiveLoop: of('lambda', 'PutFunctionRecursionConfig'),
    },
    passesRoleTo: 'lambda.amazonaws.com',
  },
  'AWS::Lambda::Permission': {
    actions: of('lambda', 'AddPermission', 'GetPolicy', 'RemovePermission'),
    properties: within('Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'),
  },
  'AWS::StepFunctions::StateMachine': {
    actions: [
      ...lifeOf('states', 'StateMachine', 'Describe'),
      ...of('states', 'ListTagsForResource', 'TagResource', 'UntagResource'),
    ],
    properties: within('DefinitionString', 'RoleArn', 'StateMachineName', 'StateMachineType', 'Tags'),
    passesRoleTo: 'states.amazonaws.com',
  },
};
