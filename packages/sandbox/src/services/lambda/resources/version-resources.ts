import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import { type AliasInput, createAlias, updateAlias } from '../functions/alias.ts';
import { parseFunctionName } from '../functions/function-name.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { checkedProvisioning } from '../provisioned/put-provisioned.ts';

const VERSION_PROPERTIES = ['FunctionName', 'CodeSha256', 'Description', 'ProvisionedConcurrencyConfig'];

/** `AWS::Lambda::Version`; it stays when its stack drops it only if the template says so, as any resource. */
export function versionResource(core: LambdaCore): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::Lambda::Version', properties, VERSION_PROPERTIES);
      const { record } = core.functions.resolve(String(properties.FunctionName));
      const { CodeSha256: expected, Description: description } = properties;
      if (expected !== undefined && expected !== record.latest.code.sha256) {
        throw invalidParameter(
          `CodeSHA256 (${expected}) is different from current CodeSHA256 in $LATEST (${record.latest.code.sha256}).`,
        );
      }
      const { version } = core.functions.publish(record, description as string | undefined);
      const ref = core.functions.arn(record.name, version);
      await provision(core, ref, properties);
      return { ref, attributes: { Version: version, FunctionArn: ref } };
    },
    async delete({ ref }) {
      const { name, qualifier } = parseFunctionName(ref);
      const record = core.functions.find(name)?.record;
      if (qualifier) {
        record?.versions.delete(qualifier);
        await core.provisioned.remove(name, qualifier);
      }
    },
  };
}

const ALIAS_PROPERTIES = [
  'FunctionName',
  'FunctionVersion',
  'Name',
  'Description',
  'RoutingConfig',
  'ProvisionedConcurrencyConfig',
];

/** `AWS::Lambda::Alias` */
export function aliasResource(core: LambdaCore): ResourceProvider {
  const created = (functionName: string, name: string) => {
    const ref = core.functions.arn(functionName, name);
    return { ref, attributes: { AliasArn: ref } };
  };
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::Lambda::Alias', properties, ALIAS_PROPERTIES);
      const { record } = core.functions.resolve(String(properties.FunctionName));
      const { name } = createAlias(record, properties as AliasInput);
      await provision(core, core.functions.arn(record.name, name), properties);
      return created(record.name, name);
    },
    async update({ ref }, { properties }) {
      refuseUnknownProperties('AWS::Lambda::Alias', properties, ALIAS_PROPERTIES);
      const { name, qualifier } = parseFunctionName(ref);
      const { record } = core.functions.resolve(name);
      const alias = updateAlias(record, String(qualifier), properties as AliasInput);
      if (properties.ProvisionedConcurrencyConfig === undefined) await core.provisioned.remove(name, alias.name);
      else await provision(core, ref, properties);
      return created(record.name, alias.name);
    },
    async delete({ ref }) {
      const { name, qualifier } = parseFunctionName(ref);
      const record = core.functions.find(name)?.record;
      record?.aliases.delete(String(qualifier));
      await core.provisioned.remove(name, String(qualifier));
    },
  };
}

/** A stack is done only when the environments that it asks for are. */
async function provision(
  core: LambdaCore,
  arn: string,
  { ProvisionedConcurrencyConfig: config }: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (config === undefined) return;
  const asked = (config as { readonly ProvisionedConcurrentExecutions: number | string })
    .ProvisionedConcurrentExecutions;
  const target = core.functions.resolve(arn);
  await core.provisioned.putAndWait(target.record, String(target.qualifier), checkedProvisioning(core, target, asked));
}
