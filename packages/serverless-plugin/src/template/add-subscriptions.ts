import type { WatchableGroup } from './watchable-groups.ts';
import {
  type CompiledTemplate,
  DIRECT_CONDITION,
  filterNameOf,
  NO_ROLE,
  PARAMETERS,
  publishedNames,
  STREAM_CONDITION,
} from './woven-template.ts';

export interface SubscriptionSettings {
  /** Lamplighter's stage. */
  readonly stage: string;
  readonly permission: 'auto' | 'always' | 'never';
}

/** Lamplighter's own permission covers groups named so; services/ingestion/resources/door-direct.yml. */
const ALLOWED_PREFIX = '/aws/lambda/';
/** CloudWatch Logs calls as `logs.amazonaws.com.cn` in China; most services call as `<service>.amazonaws.com` there, too. */
const PRINCIPAL = 'logs.${AWS::URLSuffix}';

/**
 * Adds a subscription filter for each log group, in place. Which door is open, and where it is, is read from Lamplighter's parameters when
 * the stack is deployed: the template is the same for both. The same template twice gives the same result.
 */
export function addSubscriptions(
  template: CompiledTemplate,
  groups: readonly WatchableGroup[],
  settings: SubscriptionSettings,
): void {
  if (groups.length === 0) return;
  addParameters(template, settings.stage);
  for (const group of groups) {
    const permission = needsPermission(group, settings) ? addPermission(template, group) : undefined;
    addFilter(template, group, settings.stage, permission);
  }
}

function addParameters(template: CompiledTemplate, stage: string): void {
  const names = publishedNames(stage);
  const parameter = (Default: string, Description: string) => ({
    Type: 'AWS::SSM::Parameter::Value<String>',
    Default,
    Description,
  });
  template.Parameters = {
    ...template.Parameters,
    [PARAMETERS.destination]: parameter(names.destination, 'Where Lamplighter takes logs'),
    [PARAMETERS.role]: parameter(names.role, 'Role to write there, or none'),
  };
  template.Conditions = {
    ...template.Conditions,
    [STREAM_CONDITION]: { 'Fn::Not': [{ Condition: DIRECT_CONDITION }] },
    [DIRECT_CONDITION]: { 'Fn::Equals': [{ Ref: PARAMETERS.role }, NO_ROLE] },
  };
}

function needsPermission({ name }: WatchableGroup, { permission }: SubscriptionSettings): boolean {
  if (permission !== 'auto') return permission === 'always';
  return name === undefined || !name.startsWith(ALLOWED_PREFIX);
}

interface AddedPermission {
  readonly permissionId: string;
  /** Under which it exists. */
  readonly condition: string;
}

function addPermission(template: CompiledTemplate, { logGroupId }: WatchableGroup): AddedPermission {
  const permissionId = `${logGroupId}LamplighterPermission`;
  const condition = permissionCondition(template, logGroupId);
  const arn = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${${logGroupId}}:*`;
  template.Resources[permissionId] = {
    Type: 'AWS::Lambda::Permission',
    Condition: condition,
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: PARAMETERS.destination },
      Principal: { 'Fn::Sub': PRINCIPAL },
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::Sub': arn },
    },
  };
  return { permissionId, condition };
}

/** A resource has one condition: a permission that names a group which may not exist needs that of the group, too. */
function permissionCondition(template: CompiledTemplate, logGroupId: string): string {
  const ofGroup = template.Resources[logGroupId]?.Condition;
  if (ofGroup === undefined) return DIRECT_CONDITION;
  const name = `${logGroupId}LamplighterPermitted`;
  template.Conditions = {
    ...template.Conditions,
    [name]: { 'Fn::And': [{ Condition: DIRECT_CONDITION }, { Condition: ofGroup }] },
  };
  return name;
}

function addFilter(
  template: CompiledTemplate,
  { logGroupId }: WatchableGroup,
  stage: string,
  permission: AddedPermission | undefined,
): void {
  const condition = template.Resources[logGroupId]?.Condition;
  template.Resources[`${logGroupId}LamplighterSubscription`] = {
    Type: 'AWS::Logs::SubscriptionFilter',
    ...(condition === undefined ? {} : { Condition: condition }),
    Properties: {
      LogGroupName: { Ref: logGroupId },
      FilterName: filterNameOf(stage),
      FilterPattern: '',
      DestinationArn: destination(permission),
      RoleArn: { 'Fn::If': [STREAM_CONDITION, { Ref: PARAMETERS.role }, { Ref: 'AWS::NoValue' }] },
    },
  };
}

/**
 * Where the filter leads. CloudWatch Logs tries the destination at once, so that the permission has to be there first; DependsOn may not
 * name what exists under a condition, and a reference inside the condition may.
 */
function destination(permission: AddedPermission | undefined): unknown {
  const arn = { Ref: PARAMETERS.destination };
  if (permission === undefined) return arn;
  return { 'Fn::If': [permission.condition, { 'Fn::Select': [0, [arn, { Ref: permission.permissionId }]] }, arn] };
}
