import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import { type AliasInput, createAlias, updateAlias } from '../functions/alias.ts';
import { parseFunctionName } from '../functions/function-name.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';

/** `AWS::Lambda::Version`; it stays when its stack drops it only if the template says so, as any resource. */
export function versionResource(core: LambdaCore): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::Lambda::Version', properties, ['FunctionName', 'CodeSha256', 'Description']);
      const { record } = core.functions.resolve(String(properties.FunctionName));
      const { CodeSha256: expected, Description: description } = properties;
      if (expected !== undefined && expected !== record.latest.code.sha256) {
        throw invalidParameter(
          `CodeSHA256 (${expected}) is different from current CodeSHA256 in $LATEST (${record.latest.code.sha256}).`,
        );
      }
      const { version } = core.functions.publish(record, description as string | undefined);
      const ref = core.functions.arn(record.name, version);
      return { ref, attributes: { Version: version, FunctionArn: ref } };
    },
    async delete({ ref }) {
      const { name, qualifier } = parseFunctionName(ref);
      const record = core.functions.find(name)?.record;
      if (qualifier) record?.versions.delete(qualifier);
    },
  };
}

const ALIAS_PROPERTIES = ['FunctionName', 'FunctionVersion', 'Name', 'Description', 'RoutingConfig'];

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
      return created(record.name, createAlias(record, properties as AliasInput).name);
    },
    async update({ ref }, { properties }) {
      refuseUnknownProperties('AWS::Lambda::Alias', properties, ALIAS_PROPERTIES);
      const { name, qualifier } = parseFunctionName(ref);
      const { record } = core.functions.resolve(name);
      return created(record.name, updateAlias(record, String(qualifier), properties as AliasInput).name);
    },
    async delete({ ref }) {
      const { name, qualifier } = parseFunctionName(ref);
      const record = core.functions.find(name)?.record;
      record?.aliases.delete(String(qualifier));
    },
  };
}
