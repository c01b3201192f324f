import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import { addPermission, type PermissionSettings } from '../functions/function-policy.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import { type InvokeConfigInput, putInvokeConfig } from '../functions/invoke-config.ts';
import type { LambdaCore } from '../lambda-core.ts';

const PERMISSION_PROPERTIES = ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount', 'PrincipalOrgID'];

/** `AWS::Lambda::Permission`: one statement of a function's policy. */
export function permissionResource(core: LambdaCore): ResourceProvider {
  return {
    async create(request) {
      const { properties } = request;
      refuseUnknownProperties('AWS::Lambda::Permission', properties, PERMISSION_PROPERTIES);
      const id = physicalName(request);
      addPermission(
        core.functions.resolve(String(properties.FunctionName)),
        id,
        properties as unknown as PermissionSettings,
      );
      return { ref: id, attributes: { Id: id } };
    },
    async delete({ ref }, { properties }) {
      const target = existing(core, properties);
      const key = target?.qualifier ?? '';
      const statements = target?.record.policies.get(key) ?? [];
      target?.record.policies.set(
        key,
        statements.filter(({ Sid }) => Sid !== ref),
      );
    },
  };
}

const CONFIG_PROPERTIES = [
  'FunctionName',
  'Qualifier',
  'MaximumEventAgeInSeconds',
  'MaximumRetryAttempts',
  'DestinationConfig',
];

/** `AWS::Lambda::EventInvokeConfig` */
export function eventInvokeConfigResource(core: LambdaCore): ResourceProvider {
  const put: ResourceProvider['create'] = async (request) => {
    const { properties } = request;
    refuseUnknownProperties('AWS::Lambda::EventInvokeConfig', properties, CONFIG_PROPERTIES);
    const target = core.functions.resolve(String(properties.FunctionName), properties.Qualifier as string | undefined);
    putInvokeConfig(core, target, properties as InvokeConfigInput);
    return { ref: physicalName(request) };
  };
  return {
    create: put,
    update: (_created, request) => put(request),
    async delete(_created, { properties }) {
      const target = existing(core, properties);
      target?.record.invokeConfigs.delete(target.qualifier ?? '$LATEST');
    },
  };
}

/** The function that a resource belongs to; undefined where it went first. */
const existing = (
  core: LambdaCore,
  { FunctionName, Qualifier }: Readonly<Record<string, unknown>>,
): FunctionTarget | undefined => core.functions.find(String(FunctionName), Qualifier as string | undefined);
