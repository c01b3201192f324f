import type { CreatedResource } from '../core/service.ts';
import type { ParameterValue } from './parameters.ts';
import type { Template } from './template.ts';

/** What the intrinsic functions of one stack see. */
export interface Scope {
  readonly template: Template;
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  /** Resources created so far, by logical id. */
  readonly resources: ReadonlyMap<string, CreatedResource>;
  /** Value of an export of any stack; throws where there is none. */
  readonly imported: (exportName: string) => string;
  /** Value of a parameter in Parameter Store; throws where there is none. */
  readonly ssmValue: (name: string) => string;
  /** Text of a secret in Secrets Manager, the current version where none is named; throws where there is none. */
  readonly secretValue: (secretId: string, versionStage?: string, versionId?: string) => string;
}

/** `Ref: AWS::NoValue`: the property or list element that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** Value of a pseudo parameter; nothing for any other name. */
export function pseudoParameter(name: string, scope: Scope): unknown {
  switch (name) {
    case 'AWS::AccountId':
      return scope.accountId;
    case 'AWS::Region':
      return scope.region;
    case 'AWS::StackName':
      return scope.stackName;
    case 'AWS::StackId':
      return scope.stackId;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return undefined;
  }
}
